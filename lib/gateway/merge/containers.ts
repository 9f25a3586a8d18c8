import { answerAs, answerJson } from "../answer.ts";
import { askAll, askEngine, living } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import { filtersIn, valuesOf } from "../filters.ts";
import { jsonOf } from "../http-client.ts";
import { engineOfContainer, forget } from "../locate.ts";
import { bindingsAt, portsAt } from "../ports.ts";
import { Refusal } from "../refusal.ts";

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
  if (bounds === "unknown") return toAny(call);
  const { answers, missing } = await askAll(call, { path: pathWith(call, query) });
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer);
  const limit = Number(call.query.get("limit") ?? 0);
  const all = answers.flatMap(({ engine, answer }) =>
    jsonOf<Listed[]>(answer).map((one) => ({ ...portsAt(one, engine), Node: { Name: engine.name } })),
  );
  const wanted = all.filter(bounds).toSorted((one, other) => other.Created - one.Created);
  return answerJson(call, limit > 0 ? wanted.slice(0, limit) : wanted, { missing });
}

/** Nobody knows the container that bounds the list: any engine says so in its own words. */
const toAny = async (call: Call) =>
  answerAs(call, await askEngine(call, living(call.cluster)[0]!, { path: pathWith(call) }));

/** Takes "before" and "since" out of the query, and answers what they ask for. */
async function boundsOf(call: Call, query: URLSearchParams): Promise<((container: Listed) => boolean) | "unknown"> {
  const filters = filtersIn(query);
  const take = (name: "before" | "since") => {
    const [wanted] = [query.get(name), ...valuesOf(filters[name])].filter((value) => value);
    query.delete(name);
    delete filters[name];
    return wanted;
  };
  const [before, since] = [take("before"), take("since")];
  if (!before && !since) return () => true;
  if (query.has("filters")) query.set("filters", JSON.stringify(filters));
  // A list that is cut before it is compared would lack what belongs in it.
  query.delete("limit");
  try {
    const latest = before ? await createdAt(call, before) : null;
    const earliest = since ? await createdAt(call, since) : null;
    return ({ Created, Id }) =>
      (!latest || Created < latest.seconds || (Created === latest.seconds && latest.older.has(Id))) &&
      (!earliest || Created > earliest.seconds || (Created === earliest.seconds && earliest.newer.has(Id)));
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return "unknown";
    throw error;
  }
}

type Moment = { seconds: number; older: Set<string>; newer: Set<string> };

/** When a container was made; a list has whole seconds, so its own node says which of that second are older and newer. */
async function createdAt(call: Call, name: string): Promise<Moment> {
  const engine = await engineOfContainer(call, name);
  const ask = (path: string) => askEngine(call, engine, { path });
  const known = jsonOf<{ Id: string; Created: string }>(await ask(`/containers/${encodeURIComponent(name)}/json`));
  const ids = async (bound: string) => {
    const filters = encodeURIComponent(JSON.stringify({ [bound]: [known.Id] }));
    return new Set(jsonOf<Listed[]>(await ask(`/containers/json?all=1&filters=${filters}`)).map(({ Id }) => Id));
  };
  const [older, newer] = await Promise.all([ids("before"), ids("since")]);
  return { seconds: Math.floor(Date.parse(known.Created) / 1000), older, newer };
}

/** One container from its node, which it names, with its ports as they are reached from outside. */
export async function inspectContainer(call: Call) {
  const engine = await engineOfContainer(call, call.params.id!);
  const answer = await askEngine(call, engine, { path: pathWith(call) });
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
