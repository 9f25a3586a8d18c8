import { answerAs, answerJson } from "../answer.ts";
import { askAll } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import { jsonOf } from "../http-client.ts";
import { enginesWith } from "../locate.ts";

type Listed = {
  Id: string;
  Created: number;
  RepoTags: string[] | null;
  RepoDigests: string[] | null;
  Containers: number;
  /** Ours: which nodes have it. */
  Nodes?: string[];
};

/** Every node's images as one list: a row per id, with the names that any node has for it. */
export async function listImages(call: Call) {
  const { answers, missing } = await askAll(call, { path: pathWith(call) });
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer);
  const byId = Map.groupBy(
    answers.flatMap(({ engine, answer }) => jsonOf<Listed[]>(answer).map((row) => ({ ...row, Nodes: [engine.name] }))),
    ({ Id }) => Id,
  );
  const rows = [...byId.values()].map(merged).toSorted((one, other) => other.Created - one.Created);
  return answerJson(call, rows, { missing });
}

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
  const named = all.filter((name) => !name.startsWith("<none>"));
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
