import { answerAs, answerJson } from "../answer.ts";
import { askAll } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import { filtersIn, valuesOf } from "../filters.ts";
import { jsonOf } from "../http-client.ts";
import { holdersOf } from "../image-holders.ts";
import { enginesWith } from "../locate.ts";
import { type Bounds, isBetween, unbounded } from "./bounds.ts";

type Listed = {
  Id: string;
  Created: number;
  RepoTags: string[] | null;
  RepoDigests: string[] | null;
  Containers: number;
  /** Ours: which nodes have it. */
  Nodes?: string[];
};

/**
 * Every node's images as one list: a row per id, with the names that any node has for it and that mean it. "before" and
 * "since" name an image that one node alone may know, so they are taken out of the question and compared here.
 */
export async function listImages(call: Call) {
  const query = new URLSearchParams(call.query);
  const bounds = await boundsOf(call, query);
  const { answers, missing } = await askAll(call, { path: pathWith(call, bounds ? query : call.query) });
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer);
  const byId = Map.groupBy(
    answers.flatMap(({ engine, answer }) => jsonOf<Listed[]>(answer).map((row) => ({ ...row, Nodes: [engine.name] }))),
    ({ Id }) => Id,
  );
  const rows = [...byId.values()].map(merged);
  const within = await Promise.all(
    rows.map(({ Id, Created }) =>
      isBetween(Created, async () => (await holdersOf(call, Id))?.createdMs, bounds ?? unbounded),
    ),
  );
  const named = await withoutLost(
    call,
    rows.filter((_, index) => within[index]),
  );
  return answerJson(
    call,
    named.toSorted((one, other) => other.Created - one.Created),
    { missing },
  );
}

/** Takes the bounds out of the query; null where nobody has the image, as any engine says in its own words. */
async function boundsOf(call: Call, query: URLSearchParams): Promise<Bounds | null> {
  const { before, since, ...filters } = filtersIn(query);
  const [earlier, later] = [valuesOf(before)[0], valuesOf(since)[0]];
  if (!earlier && !later) return unbounded;
  query.set("filters", JSON.stringify(filters));
  const [latest, earliest] = await Promise.all([earlier, later].map((name) => (name ? holdersOf(call, name) : null)));
  if ((earlier && !latest) || (later && !earliest)) return null;
  return { before: latest?.createdMs ?? null, since: earliest?.createdMs ?? null };
}

/** A name that several images have means one of them: it is lost to the others, as when an engine builds anew. */
async function withoutLost(call: Call, rows: Listed[]): Promise<Listed[]> {
  const byName = Map.groupBy(
    rows.flatMap((row) => (row.RepoTags ?? []).filter(isName).map((name) => ({ name, row }))),
    ({ name }) => name,
  );
  const lost = new Map<Listed, Set<string>>();
  for (const [name, having] of byName) {
    if (having.length < 2) continue;
    const meant = await holdersOf(call, name);
    for (const { row } of having) if (row.Id !== meant?.id) lost.set(row, new Set([...(lost.get(row) ?? []), name]));
  }
  return rows.map((row) => {
    const RepoTags = row.RepoTags?.filter((name) => !lost.get(row)?.has(name)) ?? null;
    if (RepoTags?.length || !lost.has(row)) return { ...row, RepoTags };
    const RepoDigests = row.RepoDigests?.length ? row.RepoDigests : ["<none>@<none>"];
    return { ...row, RepoTags: ["<none>:<none>"], RepoDigests };
  });
}

const isName = (name: string) => !name.startsWith("<none>");

function merged(rows: Listed[]): Listed {
  const RepoTags = union(rows.map((row) => row.RepoTags));
  const known = rows.map(({ Containers }) => Containers).filter((count) => count >= 0);
  const Containers = known.length > 0 ? known.reduce((sum, count) => sum + count, 0) : -1;
  const Nodes = rows.flatMap((row) => row.Nodes ?? []);
  return { ...rows[0]!, RepoTags, RepoDigests: union(rows.map((row) => row.RepoDigests)), Containers, Nodes };
}

/** A name that one node has and another lacks ("<none>") is had. */
function union(lists: (string[] | null)[]): string[] | null {
  const all = [...new Set(lists.flatMap((list) => list ?? []))];
  const named = all.filter(isName);
  if (named.length > 0) return named;
  return lists.every((list) => list === null) ? null : all;
}

type Removed = { Untagged?: string; Deleted?: string };

/** Removes an image from every node that has it. One that keeps it (in use) is the answer, named. */
export async function removeImage(call: Call) {
  const { engines, missing } = await enginesWith(call, "images", call.params.name!);
  const only = engines.length > 0 ? { ...call.cluster, engines } : call.cluster;
  const { answers } = await askAll(
    { cluster: only, signal: call.signal },
    { method: "DELETE", path: pathWith(call), timeoutMs: 60_000 },
  );
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer, missing);
  const rows = answers.flatMap(({ answer }) => jsonOf<Removed[]>(answer));
  const once = new Map(rows.map((row) => [JSON.stringify(row), row]));
  return answerJson(call, [...once.values()], { missing });
}

/** Names an image on every node that has it. */
export async function tagImage(call: Call) {
  const { engines, missing } = await enginesWith(call, "images", call.params.name!);
  const only = engines.length > 0 ? { ...call.cluster, engines } : call.cluster;
  const { answers } = await askAll({ cluster: only, signal: call.signal }, { method: "POST", path: pathWith(call) });
  const refused = answers.find(({ answer }) => answer.status >= 400);
  return answerAs(call, (refused ?? answers[0]!).answer, missing);
}
