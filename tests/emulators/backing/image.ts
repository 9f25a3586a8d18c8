import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type Docker from "dockerode";
import { linkTo } from "#lib/providers/docker/connect.ts";
import { ensureImage } from "#lib/providers/docker/image.ts";
import { tar } from "#lib/tar.ts";

/** The image of a server in an emulated cloud, built where the engine lacks it; takes a minute or two then. */
export async function serverImage(docker: Docker, host: string): Promise<string> {
  const base = await ensureImage(linkTo({ host, origin: "ours" }), () => {}, AbortSignal.timeout(20 * 60_000));
  const files = await Promise.all(
    ["Dockerfile", "emulated.cfg"].map(async (path) => ({
      path,
      content: await readFile(join(import.meta.dirname, path)),
      mode: 0o644,
    })),
  );
  const context = tar(files);
  const hash = createHash("sha256").update(base).update(context).digest("hex").slice(0, 12);
  const tag = `cloudhero/emulated-server:${hash}`;
  if (await isPresent(docker, tag)) return tag;
  const output = await docker.buildImage(context as unknown as NodeJS.ReadableStream, {
    t: tag,
    buildargs: { BASE: base },
  });
  const events = await new Promise<{ error?: string }[]>((resolve, reject) => {
    docker.modem.followProgress(output, (error, all) => (error ? reject(error) : resolve(all)));
  });
  const failure = events.find((event) => event.error);
  if (failure) throw new Error(`building ${tag}: ${failure.error}`);
  return tag;
}

const isPresent = (docker: Docker, tag: string) =>
  docker
    .getImage(tag)
    .inspect()
    .then(
      () => true,
      () => false,
    );
