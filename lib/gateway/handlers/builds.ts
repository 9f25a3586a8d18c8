import { living } from "../ask-all.ts";
import type { Call } from "../call.ts";
import type { Instead } from "../forward.ts";
import { pass } from "../pass.ts";
import { registryConfig } from "../registries.ts";

type Builder = { engineId: string; open: number };

/** Where builds and their sessions are under way, by environment: what belongs to one build meets on one node. */
const builders = new Map<string, Builder>();

/**
 * To the one node that builds: the first that answers, so that a build, its session and its cache meet there whoever
 * carries them. While something of a build is open it is that one, though it be thought silent for a moment: what is open
 * ends when it is silent for longer. The containers of what is built are placed where the image is.
 */
export async function toBuilder(call: Call, instead: Instead = {}): Promise<{ status: number }> {
  const { environmentId, engines } = call.cluster;
  const present = builders.get(environmentId);
  const engine = engines.find(({ id }) => id === present?.engineId) ?? living(call.cluster)[0]!;
  const builder = present?.engineId === engine.id ? present : { engineId: engine.id, open: 0 };
  builders.set(environmentId, builder);
  builder.open += 1;
  try {
    return await pass(call, engine, instead);
  } finally {
    builder.open -= 1;
    if (builder.open === 0 && builders.get(environmentId) === builder) builders.delete(environmentId);
  }
}

export async function build(call: Call): Promise<{ status: number }> {
  return toBuilder(call, { headers: await registryConfig(call) });
}
