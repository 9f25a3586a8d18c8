import { answerAs, answerJson } from "../answer.ts";
import { askAll } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import { jsonOf } from "../http-client.ts";

const pruneMs = 10 * 60_000;
const measureMs = 60_000;

type Report = Record<string, unknown>;

/** What fills the disks of all nodes: lists joined, sizes added. */
export const diskUsage = (call: Call) => joined(call, { path: pathWith(call), timeoutMs: measureMs });

/** Prunes every node; what was removed is listed together, and the space added up. */
export const prune = (call: Call) => joined(call, { method: "POST", path: pathWith(call), timeoutMs: pruneMs });

async function joined(call: Call, asked: { method?: string; path: string; timeoutMs: number }) {
  const { answers, missing } = await askAll(call, asked);
  const refused = answers.find(({ answer }) => answer.status >= 400);
  if (refused) return answerAs(call, refused.answer);
  return answerJson(call, answers.map(({ answer }) => jsonOf<Report>(answer)).reduce(join), { missing });
}

/** Numbers are added, lists appended (a thing of several nodes, such as an image, once), the rest is the first's. */
function join(one: Report, other: Report): Report {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, joinValues(one[name], other[name])]));
}

function joinValues(one: unknown, other: unknown): unknown {
  if (typeof one === "number" && typeof other === "number") return one + other;
  if (Array.isArray(one) || Array.isArray(other)) {
    const all = [...((one as unknown[]) ?? []), ...((other as unknown[]) ?? [])];
    return [...Map.groupBy(all, identity).values()].map((same) => same.reduce(joinThings));
  }
  return one ?? other;
}

type Sizes = { Size?: number; VirtualSize?: number; SharedSize?: number };
type Thing = Sizes & { Id?: string; ID?: string; Name?: string; Containers?: number; UsageData?: Report };

function identity(item: unknown): string {
  const { Id, ID, Name } = (item ?? {}) as Thing;
  return Id ?? ID ?? Name ?? JSON.stringify(item);
}

/** An image is used by the containers of all nodes; volumes of one name hold what each of them holds. */
function joinThings(one: unknown, other: unknown): unknown {
  const [first, second] = [(one ?? {}) as Thing, (other ?? {}) as Thing];
  if (first.Containers !== undefined && second.Containers !== undefined)
    return {
      ...first,
      ...sizesOf([first, second].filter(({ Containers }) => Containers! > 0)),
      Containers: Math.max(0, first.Containers) + Math.max(0, second.Containers),
    };
  if (first.UsageData && second.UsageData) return { ...first, UsageData: join(first.UsageData, second.UsageData) };
  return one;
}

/** Of an image as nodes have it that use it: clients take what all layers fill, less this, for what can be reclaimed. */
function sizesOf(used: Sizes[]): Sizes {
  // -1 where an engine did not measure it.
  const sum = (sizes: number[]) => (sizes.includes(-1) ? -1 : sizes.reduce((total, size) => total + size, 0));
  const told = (["Size", "VirtualSize", "SharedSize"] as const).filter((name) => used[0]?.[name] !== undefined);
  return Object.fromEntries(told.map((name) => [name, sum(used.map((image) => image[name] ?? 0))]));
}
