import { living } from "../ask-all.ts";
import type { Call } from "../call.ts";
import { carry } from "../carry.ts";
import type { Engine } from "../cluster.ts";
import { type Held, holdersOf } from "../image-holders.ts";
import { pass } from "../pass.ts";
import { registryAuth } from "../registries.ts";

/** A node that has the image; where none has, one that says so in the engine's own words. */
const engineOf = async (call: Call): Promise<Engine> =>
  (await holdersOf(call, call.params.name!))?.engines[0] ?? living(call.cluster)[0]!;

export async function toImage(call: Call): Promise<{ status: number }> {
  return pass(call, await engineOf(call));
}

/**
 * To the node that has most of the images of `?names=`, which is first given the others by nodes that have them: they are
 * one archive. What nobody has is refused in that node's own words.
 */
export async function toImages(call: Call): Promise<{ status: number }> {
  const wanted: { name: string; held: Held | null }[] = [];
  for (const name of new Set(call.query.getAll("names"))) wanted.push({ name, held: await holdersOf(call, name) });
  const has = ({ id }: Engine) => wanted.filter(({ held }) => held?.engines.some((holder) => holder.id === id)).length;
  const engine = living(call.cluster).toSorted((one, other) => has(other) - has(one))[0]!;
  // Where one is nowhere, none is carried: all are refused.
  if (wanted.every(({ held }) => held))
    for (const { name, held } of wanted)
      if (held!.engines.every(({ id }) => id !== engine.id)) await carry(call, name, held!.engines[0]!, engine);
  return pass(call, engine);
}

export async function pushImage(call: Call): Promise<{ status: number }> {
  return pass(call, await engineOf(call), { headers: await registryAuth(call, call.params.name!) });
}

/** What a registry says of an image: any node can ask. */
export async function toDistribution(call: Call): Promise<{ status: number }> {
  const name = call.params.name ?? call.query.get("term") ?? "";
  return pass(call, living(call.cluster)[0]!, { headers: await registryAuth(call, name) });
}
