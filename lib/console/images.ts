import type { Context } from "#lib/context.ts";
import { AppError, invalid } from "#lib/errors.ts";
import { change, see } from "./ask.ts";
import { allContainers } from "./containers.ts";

const pullMs = 10 * 60_000;
const pageSize = 100;

type Listed = {
  Id: string;
  RepoTags: string[] | null;
  RepoDigests: string[] | null;
  Created: number;
  Size: number;
  Nodes?: string[];
};

export type ImageRow = {
  id: string;
  /** Names with a tag; none where nothing names it any more. */
  tags: string[];
  createdAt: string;
  size: number;
  nodes: string[];
  /** Names of the containers that run it, or would again. */
  usedBy: string[];
};

export type ImageList = {
  rows: ImageRow[];
  found: number;
  total: number;
  page: number;
  pages: number;
  /** What pruning would remove, and free at the most: layers that others share stay. */
  unused: { images: number; bytes: number };
  missing: string[];
};

/** Images of all nodes, each once, and who uses them. */
export async function listImages(ctx: Context, environmentId: string, query = "", page = 1): Promise<ImageList> {
  const [images, containers] = await Promise.all([
    see<Listed[]>(ctx, environmentId, "/images/json"),
    allContainers(ctx, environmentId),
  ]);
  const users = Map.groupBy(containers.rows, ({ imageId }) => imageId);
  const all = images.value.map((image) => rowOf(image, users.get(image.Id)?.map(({ name }) => name) ?? []));
  const unused = all.filter(({ usedBy }) => usedBy.length === 0);
  const words = query.toLowerCase().split(/\s+/);
  const found = all.filter(({ id, tags }) =>
    words.every((word) => `${id} ${tags.join(" ")}`.toLowerCase().includes(word)),
  );
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const at = Math.min(Math.max(1, page), pages);
  return {
    rows: found.slice((at - 1) * pageSize, at * pageSize),
    found: found.length,
    total: all.length,
    page: at,
    pages,
    unused: { images: unused.length, bytes: unused.reduce((sum, { size, nodes }) => sum + size * nodes.length, 0) },
    missing: images.missing,
  };
}

function rowOf({ Id, RepoTags, Created, Size, Nodes = [] }: Listed, usedBy: string[]): ImageRow {
  const tags = (RepoTags ?? []).filter((tag) => !tag.startsWith("<none>"));
  return { id: Id, tags, createdAt: new Date(Created * 1000).toISOString(), size: Size, nodes: Nodes, usedBy };
}

const reference = /^[a-z0-9][\w./:@-]*$/i;

/** Pulls an image onto every node, with the organisation's credentials for its registry. Throws in the registry's words. */
export async function pullImage(ctx: Context, environmentId: string, image: string): Promise<void> {
  if (!reference.test(image) || image.length > 500)
    throw invalid(`"${image.slice(0, 80)}" is no image, such as nginx:1.27.`, "image");
  const named = image.includes("@") || /:[^/]+$/.test(image) ? image : `${image}:latest`;
  const path = `/images/create?fromImage=${encodeURIComponent(named)}`;
  const { body } = await change(ctx, environmentId, path, { timeoutMs: pullMs });
  const failures = body.toString("utf8").split("\n").flatMap(errorIn);
  if (failures.length > 0) throw new AppError("cloud_refused", [...new Set(failures)].join(" "));
}

/** A pull answers 200 and says in its last line that it failed. */
function errorIn(line: string): string[] {
  try {
    const { error } = JSON.parse(line) as { error?: string };
    return error ? [error] : [];
  } catch {
    return [];
  }
}

/** Removes all images that no container uses; answers the bytes that are free again. */
export async function pruneImages(ctx: Context, environmentId: string): Promise<number> {
  const filters = encodeURIComponent(JSON.stringify({ dangling: ["false"] }));
  const { body } = await change(ctx, environmentId, `/images/prune?filters=${filters}`, { timeoutMs: pullMs });
  return (JSON.parse(body.toString("utf8")) as { SpaceReclaimed?: number }).SpaceReclaimed ?? 0;
}
