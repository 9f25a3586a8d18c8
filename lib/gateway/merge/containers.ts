import { answerAs, answerJson } from "../answer.ts";
import { askAll, askEngine } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import { jsonOf } from "../http-client.ts";
import { engineOfContainer } from "../locate.ts";
import { bindingsAt, portsAt } from "../ports.ts";

type Listed = { Id: string; Created: number; Ports?: { PrivatePort: number; Type: string }[] };
type Filters = Record<string, Record<string, boolean> | string[]>;

/**
 * Every node's containers as one list, the newest first. A limit holds after the merge; "before" and "since" name a
 * container that one node alone knows, so they are taken out of the question and compared here.
 */
export async function listContainers(call: Call) {
  const query = new URLSearchParams(call.query);
  const bounds = await boundsOf(call, query);
  const { answers, missing } = await askAll(call, { path: pathWith(call, query) });
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer);
  const limit = Number(query.get("limit") ?? 0);
  const all = answers.flatMap(({ engine, answer }) => jsonOf<Listed[]>(answer).map((one) => portsAt(one, engine)));
  const wanted = all.filter(bounds).toSorted((one, other) => other.Created - one.Created);
  return answerJson(call, limit > 0 ? wanted.slice(0, limit) : wanted, { missing });
}

/** Takes "before" and "since" out of the query, and answers what they ask for; an engine's own refusal where nobody knows the container. */
async function boundsOf(call: Call, query: URLSearchParams): Promise<(container: Listed) => boolean> {
  const filters: Filters = parsed(query.get("filters"));
  const bound = async (name: "before" | "since") => {
    const [wanted] = [query.get(name), ...valuesOf(filters[name])].filter((value) => value);
    query.delete(name);
    delete filters[name];
    return wanted ? createdAt(call, wanted) : null;
  };
  const [before, since] = [await bound("before"), await bound("since")];
  if (query.has("filters")) query.set("filters", JSON.stringify(filters));
  // A list that is cut before it is compared would lack what belongs in it.
  if (before !== null || since !== null) query.delete("limit");
  return ({ Created }) => (before === null || Created < before) && (since === null || Created > since);
}

async function createdAt(call: Call, name: string): Promise<number> {
  const engine = await engineOfContainer(call, name);
  const answer = await askEngine(call, engine, { path: `/containers/${encodeURIComponent(name)}/json` });
  return Math.floor(Date.parse(jsonOf<{ Created: string }>(answer).Created) / 1000);
}

function parsed(text: string | null): Filters {
  try {
    return JSON.parse(text ?? "{}") as Filters;
  } catch {
    // The engines refuse it in their own words.
    return {};
  }
}

const valuesOf = (filter: Filters[string] | undefined): string[] =>
  Array.isArray(filter) ? filter : Object.keys(filter ?? {});

/** One container from its node, with its ports as they are reached from outside. */
export async function inspectContainer(call: Call) {
  const engine = await engineOfContainer(call, call.params.id!);
  const answer = await askEngine(call, engine, { path: pathWith(call) });
  if (answer.status !== 200) return answerAs(call, answer);
  return answerJson(call, bindingsAt(jsonOf<Record<string, never>>(answer), engine));
}
