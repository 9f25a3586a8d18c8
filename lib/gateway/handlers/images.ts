import { living } from "../ask-all.ts";
import type { Call } from "../call.ts";
import type { Engine } from "../cluster.ts";
import { enginesWith, engineWith } from "../locate.ts";
import { pass } from "../pass.ts";
import { registryAuth, registryConfig } from "../registries.ts";

/** To a node that has the image. */
export async function toImage(call: Call): Promise<{ status: number }> {
  return pass(call, await engineWith(call, "images", call.params.name!));
}

/** To a node that has all the images of `?names=`. */
export async function toImages(call: Call): Promise<{ status: number }> {
  let engines: Engine[] = living(call.cluster);
  for (const name of call.query.getAll("names")) {
    const having = (await enginesWith(call, "images", name)).engines;
    engines = engines.filter((engine) => having.some(({ id }) => id === engine.id));
  }
  return pass(call, engines[0] ?? living(call.cluster)[0]!);
}

export async function pushImage(call: Call): Promise<{ status: number }> {
  const name = call.params.name!;
  return pass(call, await engineWith(call, "images", name), { headers: await registryAuth(call, name) });
}

/**
 * The one node that builds: the first that answers, so that a build, its session and its cache meet there whoever
 * carries them. The containers of what it builds are placed where the image is.
 */
export const builderOf = (call: Call): Engine => living(call.cluster)[0]!;

export const toBuilder = (call: Call) => pass(call, builderOf(call));

export async function build(call: Call): Promise<{ status: number }> {
  return pass(call, builderOf(call), { headers: await registryConfig(call) });
}

/** What a registry says of an image: any node can ask. */
export async function toDistribution(call: Call): Promise<{ status: number }> {
  const name = call.params.name ?? call.query.get("term") ?? "";
  return pass(call, living(call.cluster)[0]!, { headers: await registryAuth(call, name) });
}
