import { answerAs, answerJson } from "../answer.ts";
import { askAll, askEngine, living } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import type { Engine } from "../cluster.ts";
import { filtersIn, valuesOf } from "../filters.ts";
import { jsonOf } from "../http-client.ts";
import { engineOfContainer, forget } from "../locate.ts";
import { bindingsAt, portsAt } from "../ports.ts";
import { Refusal } from "../refusal.ts";
import { type Bounds, isBetween, unbounded } from "./bounds.ts";

const measureMs = 60_000;

type Listed = {
  Id: string;
  Created: number;
  Ports?: { PrivatePort: number; Type: string }[];
  /** Ours: which node has it. Clients pass over what they do not know. */
  Node?: { Name: string };
};

/**
 * Every node's containers as one list, the newest first. A limit holds after the merge; "before" and "since" name a
 * container that one node alone knows, so they are taken out of the question and compared here.
 */
export async function listContainers(call: Call) {
  const query = new URLSearchParams(call.query);
  const bounds = await boundsOf(call, query);
  if (!bounds) return toAny(call);
  const { answers, missing } = await askAll(call, { path: pathWith(call, query), ...patienceFor(call) });
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer);
  const limit = Number(call.query.get("limit") ?? 0);
  const all = answers.flatMap(({ engine, answer }) =>
    jsonOf<Listed[]>(answer).map((one) => ({ engine, row: { ...portsAt(one, engine), Node: { Name: engine.name } } })),
  );
  const exact = (engine: Engine, id: string) => () => createdMs(call, engine, id).catch(() => undefined);
  const within = await Promise.all(all.map(({ engine, row }) => isBetween(row.Created, exact(engine, row.Id), bounds)));
  const wanted = all
    .flatMap(({ row }, index) => (within[index] ? row : []))
    .toSorted((one, other) => other.Created - one.Created);
  return answerJson(call, limit > 0 ? wanted.slice(0, limit) : wanted, { missing });
}

/** Sizes are measured on disk, which takes its time. */
const patienceFor = ({ query }: Call) =>
  ["", "0", "false", "no"].includes(query.get("size")?.toLowerCase() ?? "") ? {} : { timeoutMs: measureMs };

/** Nobody knows the container that bounds the list: any engine says so in its own words. */
const toAny = async (call: Call) =>
  answerAs(call, await askEngine(call, living(call.cluster)[0]!, { path: pathWith(call) }));

/** Takes "before" and "since" out of the query; null where nobody knows the container that is named. */
async function boundsOf(call: Call, query: URLSearchParams): Promise<Bounds | null> {
  const filters = filtersIn(query);
  const take = (name: "before" | "since") => {
    const [wanted] = [query.get(name), ...valuesOf(filters[name])].filter((value) => value);
    query.delete(name);
    delete filters[name];
    return wanted;
  };
  const [before, since] = [take("before"), take("since")];
  if (!before && !since) return unbounded;
  if (query.has("filters")) query.set("filters", JSON.stringify(filters));
  // A list that is cut before it is compared would lack what belongs in it; one with a limit has what is stopped, too.
  if (Number(query.get("limit") ?? 0) > 0) query.set("all", "1");
  query.delete("limit");
  const createdAt = async (name: string) => createdMs(call, await engineOfContainer(call, name), name);
  try {
    return { before: before ? await createdAt(before) : null, since: since ? await createdAt(since) : null };
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}

async function createdMs(call: Call, engine: Engine, name: string): Promise<number> {
  const answer = await askEngine(call, engine, { path: `/containers/${encodeURIComponent(name)}/json` });
  if (answer.status !== 200) throw new Refusal(404, `No such container: ${name}`);
  return Date.parse(jsonOf<{ Created: string }>(answer).Created);
}

/** One container from its node, which it names, with its ports as they are reached from outside. */
export async function inspectContainer(call: Call) {
  const engine = await engineOfContainer(call, call.params.id!);
  const answer = await askEngine(call, engine, { path: pathWith(call), ...patienceFor(call) });
  if (answer.status === 404) forget(call, "containers", call.params.id!);
  if (answer.status !== 200) return answerAs(call, answer);
  const Node = { Name: engine.name };
  const end = answer.body.lastIndexOf("}");
  // The most frequent question of all: what publishes nothing is passed on as it is, with the node at its end.
  if (end > 1 && !answer.body.includes('"HostIp"')) {
    const node = Buffer.from(`,"Node":${JSON.stringify(Node)}}\n`);
    return answerAs(call, { ...answer, body: Buffer.concat([answer.body.subarray(0, end), node]) });
  }
  const container = bindingsAt(jsonOf<Record<string, never>>(answer), engine);
  return answerJson(call, { ...container, Node });
}
