import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type ArchiveFile, tar } from "#lib/tar.ts";
import { ProviderError } from "../provider.ts";
import { CALL_TIMEOUT_MS, type Link } from "./connect.ts";
import { unlessAbsent } from "./errors.ts";

const BUILD_TIMEOUT_MS = 20 * 60_000;
const LINE_LIMIT = 1024 * 1024;

type Report = (line: string) => void;

/** The node image as this version of the product has it: its tag is a hash of the folder `image`. */
export type NodeImage = { tag: string; context: Buffer };

let ours: Promise<NodeImage> | undefined;
export function nodeImage(): Promise<NodeImage> {
  ours ??= readImage(join(import.meta.dirname, "image"));
  return ours;
}

/** Makes the node image if the engine lacks it; callers in one process share one build. */
export async function ensureImage(link: Link, report: Report, signal: AbortSignal): Promise<string> {
  const image = await nodeImage();
  const present = () => link.use(signal, (docker) => unlessAbsent(docker.getImage(image.tag).inspect()));
  if (await present()) return image.tag;
  await sharedBuild(link, image, report, signal);
  if (await present()) return image.tag;
  throw new ProviderError("internal", "The server image was built and is not there.", { retryable: true });
}

type Build = { done: Promise<void>; reports: Set<Report> };
const builds = new Map<string, Build>();

/** Joins the build under way or starts one, which outlives a caller that gives up. */
async function sharedBuild(link: Link, image: NodeImage, report: Report, signal: AbortSignal): Promise<void> {
  const key = `${link.settings.host} ${image.tag}`;
  const build = builds.get(key) ?? startBuild(key, link, image);
  build.reports.add(report);
  const { promise: given, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    await Promise.race([build.done, given]);
  } finally {
    signal.removeEventListener("abort", giveUp);
    build.reports.delete(report);
  }
}

function startBuild(key: string, link: Link, image: NodeImage): Build {
  const reports = new Set<Report>();
  const tell: Report = (line) => {
    for (const report of reports) report(line);
  };
  const done = buildImage(link, image, tell).finally(() => builds.delete(key));
  // Each caller sees a failure through its own race; with none left, there is nobody to tell.
  done.catch(() => undefined);
  const build = { done, reports };
  builds.set(key, build);
  return build;
}

function buildImage(link: Link, image: NodeImage, report: Report): Promise<void> {
  const limit = AbortSignal.timeout(BUILD_TIMEOUT_MS);
  const options = { t: image.tag, rm: true, forcerm: true };
  return link.use(
    limit,
    async (docker) => {
      const output = await docker.buildImage(image.context as unknown as NodeJS.ReadableStream, options);
      for await (const line of linesOf(output)) tellStep(line, report);
    },
    BUILD_TIMEOUT_MS + CALL_TIMEOUT_MS,
  );
}

async function* linesOf(output: NodeJS.ReadableStream): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of output) {
    const lines = (rest + chunk.toString()).split("\n");
    rest = (lines.pop() ?? "").slice(-LINE_LIMIT);
    yield* lines;
  }
  yield rest;
}

/** One line of the builder's output; throws ProviderError where it says that the build failed. */
function tellStep(line: string, report: Report): void {
  if (line.trim() === "") return;
  const event = JSON.parse(line) as { stream?: string; status?: string; id?: string; error?: string };
  if (event.error) throw new ProviderError("internal", `building the server image: ${event.error.trim()}`);
  const step = event.stream?.match(/^Step (\d+)\/(\d+) :/);
  if (step) report(`building the server image: step ${step[1]}/${step[2]}`);
  if (event.status?.startsWith("Pulling from")) report(`building the server image: ${event.status.toLowerCase()}`);
}

async function readImage(folder: string): Promise<NodeImage> {
  const names = (await readdir(folder)).sort();
  const files = await Promise.all(names.map((name) => readImageFile(folder, name)));
  const context = tar(files);
  const hash = createHash("sha256").update(context).digest("hex").slice(0, 12);
  return { tag: `cloudhero/node:${hash}`, context };
}

/** The mode is one of two, so that a checkout's umask does not make another image. */
async function readImageFile(folder: string, path: string): Promise<ArchiveFile> {
  const [content, { mode }] = await Promise.all([readFile(join(folder, path)), stat(join(folder, path))]);
  return { path, content, mode: mode & 0o100 ? 0o755 : 0o644 };
}
