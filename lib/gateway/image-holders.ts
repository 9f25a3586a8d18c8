import { askAll, type From } from "./ask-all.ts";
import type { Call } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { jsonOf } from "./http-client.ts";
import { pathOf } from "./locate.ts";

type Inspected = { Id: string; Created: string; Metadata?: { LastTagTime?: string } };

/** Which image a name means, when it was made, and the nodes that have it. */
export type Held = { id: string; createdMs: number; engines: Engine[] };

/**
 * Who has the image of a name, or of an id; null where nobody has. What was built, committed or tagged on one node alone
 * takes the name from what others have by it: it means the image that was given it last, as on one engine.
 */
export async function holdersOf(call: Pick<Call, "cluster" | "signal">, name: string): Promise<Held | null> {
  const { answers } = await askAll(call, { path: pathOf("images", name) });
  return newestOf(answers.filter(({ answer }) => answer.status === 200));
}

function newestOf(having: From[]): Held | null {
  const images = having.map(({ engine, answer }) => ({ engine, ...jsonOf<Inspected>(answer) }));
  const held = [...Map.groupBy(images, ({ Id }) => Id)].map(([id, same]) => ({
    id,
    createdMs: Date.parse(same[0]!.Created),
    engines: same.map(({ engine }) => engine),
    taggedAt: Math.max(...same.map(({ Metadata }) => Date.parse(Metadata?.LastTagTime ?? "") || 0)),
  }));
  // What was pulled or loaded has no time: it came to all nodes that were there.
  const [newest] = held.toSorted(
    (one, other) => other.taggedAt - one.taggedAt || other.engines.length - one.engines.length,
  );
  return newest ?? null;
}
