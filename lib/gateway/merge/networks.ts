import { answerAs, answerJson } from "../answer.ts";
import { askAll } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import { filtersIn, fits, valuesOf } from "../filters.ts";
import { jsonOf } from "../http-client.ts";

type Network = {
  Id: string;
  Name: string;
  Scope: string;
  Containers?: Record<string, unknown> | null;
  Peers?: unknown[];
};

/** What every node has of its own under one name. */
const predefined = ["bridge", "host", "none", "docker_gwbridge"];
export const isEveryNodes = (name: string): boolean => predefined.includes(name);

/**
 * Every node's networks as one list: those of the whole cluster once, and so those that every engine has. Names and ids are
 * compared here: for what spans the cluster, a manager takes them for beginnings, where an engine takes them for patterns.
 */
export async function listNetworks(call: Call) {
  const query = new URLSearchParams(call.query);
  const { name, id, ...filters } = filtersIn(query);
  if (name || id) query.set("filters", JSON.stringify(filters));
  const { answers, missing } = await askAll(call, { path: pathWith(call, query) });
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer);
  const [names, ids] = [valuesOf(name), valuesOf(id)];
  const all = answers
    .flatMap(({ answer }) => jsonOf<Network[]>(answer))
    .filter(({ Name, Id }) => fits(names, Name) && fits(ids, Id));
  const once = new Map(
    all.toReversed().map((network) => [isEveryNodes(network.Name) ? network.Name : network.Id, network]),
  );
  return answerJson(call, [...once.values()].toReversed(), { missing });
}

/** A network with its members on all nodes. */
export async function inspectNetwork(call: Call) {
  const { answers, missing } = await askAll(call, { path: pathWith(call) });
  const found = answers.filter(({ answer }) => answer.status === 200);
  if (found.length === 0) return answerAs(call, answers[0]!.answer, missing);
  const parts = found.map(({ answer }) => jsonOf<Network>(answer));
  const [first] = parts.toSorted((one, other) => size(other) - size(one));
  // A node's own bridge has other members than its neighbour's: together they are the cluster's.
  const same = parts.filter((part) => part.Id === first!.Id || isEveryNodes(part.Name));
  const members = Object.assign({}, ...same.map((part) => part.Containers ?? {})) as Record<string, unknown>;
  // An overlay's load balancer is no container: Compose would take the network for one in use.
  const Containers = Object.fromEntries(Object.entries(members).filter(([id]) => !id.startsWith("lb-")));
  return answerJson(call, { ...first!, Containers }, { missing });
}

const size = ({ Peers, Containers }: Network) => (Peers?.length ?? 0) * 1_000 + Object.keys(Containers ?? {}).length;
