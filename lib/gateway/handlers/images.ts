import { pipeline } from "node:stream/promises";
import { living } from "../ask-all.ts";
import type { Call } from "../call.ts";
import type { Engine } from "../cluster.ts";
import { encoded, enginesWith, engineWith } from "../locate.ts";
import { begin, failureOf } from "../long-request.ts";
import { pass } from "../pass.ts";
import { Refusal } from "../refusal.ts";
import { registryAuth } from "../registries.ts";

/** To a node that has the image. */
export async function toImage(call: Call): Promise<{ status: number }> {
  return pass(call, await engineWith(call, "images", call.params.name!));
}

/**
 * To the node that has most of the images of `?names=`, which is first given the others by nodes that have them: they are
 * one archive. What nobody has is refused in that node's own words.
 */
export async function toImages(call: Call): Promise<{ status: number }> {
  const wanted: { name: string; holders: Engine[] }[] = [];
  for (const name of new Set(call.query.getAll("names")))
    wanted.push({ name, holders: (await enginesWith(call, "images", name)).engines });
  const has = ({ id }: Engine) => wanted.filter(({ holders }) => holders.some((holder) => holder.id === id)).length;
  const [engine] = living(call.cluster).toSorted((one, other) => has(other) - has(one));
  const lacks = wanted.filter(({ holders }) => holders.every(({ id }) => id !== engine!.id));
  // Where one is nowhere, none is carried: all are refused.
  if (lacks.every(({ holders }) => holders.length > 0))
    for (const { name, holders } of lacks) await carry(call, name, holders[0]!, engine!);
  return pass(call, engine!);
}

/** Puts an image of one node on another, as it comes. Throws Refusal 502 with what either said. */
async function carry(call: Call, name: string, from: Engine, to: Engine): Promise<void> {
  const path = `${call.version}/images/${encoded(name)}/get`;
  const saving = begin(call, from, { method: "GET", path, headers: ["host", "docker"] });
  saving.sent.end();
  const loading = begin(call, to, {
    method: "POST",
    path: `${call.version}/images/load`,
    headers: ["host", "docker", "content-type", "application/x-tar"],
  });
  const failure = failureOf(loading);
  try {
    const archive = await saving.answer;
    if (archive.statusCode !== 200) throw new Error(`it answers ${archive.statusCode}`);
    await pipeline(archive, loading.sent);
  } catch (cause) {
    for (const { sent } of [saving, loading]) sent.destroy();
    throw new Refusal(502, `${name} did not come from ${from.name}: ${(cause as Error).message}`, { cause });
  } finally {
    saving.stop();
  }
  const said = await failure;
  if (said) throw new Refusal(502, `${name} did not come from ${from.name}: ${said}`);
}

export async function pushImage(call: Call): Promise<{ status: number }> {
  const name = call.params.name!;
  return pass(call, await engineWith(call, "images", name), { headers: await registryAuth(call, name) });
}

/** What a registry says of an image: any node can ask. */
export async function toDistribution(call: Call): Promise<{ status: number }> {
  const name = call.params.name ?? call.query.get("term") ?? "";
  return pass(call, living(call.cluster)[0]!, { headers: await registryAuth(call, name) });
}
