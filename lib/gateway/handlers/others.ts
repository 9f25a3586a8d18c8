import { roomiest } from "#lib/model/placement.ts";
import { answerAs } from "../answer.ts";
import { askAll, askEngine, living, silentIn } from "../ask-all.ts";
import { jsonBodyOf } from "../body.ts";
import { type Call, pathWith } from "../call.ts";
import { candidatesOf } from "../candidates.ts";
import type { Engine } from "../cluster.ts";
import { enginesWith, engineWith } from "../locate.ts";
import { toManager } from "../managers.ts";
import { lowestEngine } from "../merge/info.ts";
import { holdNewVolumes } from "../names.ts";
import { pass } from "../pass.ts";
import { registryAuth } from "../registries.ts";

const makeMs = 60_000;

/** To the first node that answers: what any engine can do as well, and what belongs to one alone (plugins). */
export const usual = (call: Call) => pass(call, living(call.cluster)[0]!);

export const toLowest = async (call: Call) => pass(call, await lowestEngine(call));

export const toExec = async (call: Call) => pass(call, await engineWith(call, "exec", call.params.id!));

export const toVolume = async (call: Call) => pass(call, await engineWith(call, "volumes", call.params.name!));

/** A volume that some node has is that one; another is made where the most memory is free. */
export async function createVolume(call: Call): Promise<{ status: number }> {
  const { text, json } = await jsonBodyOf<{ Name?: string }>(call);
  const names = json?.Name ? [json.Name] : [];
  const letGo = await holdNewVolumes(call, names);
  try {
    const known = names[0] ? (await enginesWith(call, "volumes", names[0])).engines[0] : undefined;
    const engine = known ?? (await roomy(call));
    return answerAs(
      call,
      await askEngine(call, engine, { method: "POST", path: pathWith(call), text, timeoutMs: makeMs }),
      silentIn(call.cluster),
    );
  } finally {
    letGo();
  }
}

const roomy = async (call: Call): Promise<Engine> =>
  call.cluster.engines.length > 1 ? roomiest(await candidatesOf(call))!.engine : living(call.cluster)[0]!;

/** Removes a volume from every node that has one of the name; where one keeps it (in use), that is the answer. */
export async function removeVolume(call: Call): Promise<{ status: number }> {
  const { engines, missing } = await enginesWith(call, "volumes", call.params.name!);
  const only = engines.length > 0 ? { ...call.cluster, engines, away: [] } : call.cluster;
  const asked = { method: "DELETE", path: pathWith(call), timeoutMs: makeMs };
  const { answers } = await askAll({ cluster: only, signal: call.signal }, asked);
  const refused = answers.find(({ answer }) => answer.status >= 400);
  return answerAs(call, (refused ?? answers[0]!).answer, missing);
}

/** A service is pulled for with the client's credentials, or with the organisation's for that registry. */
export async function toService(call: Call): Promise<{ status: number }> {
  const { text: body, json } = await jsonBodyOf<Service>(call);
  const image = json?.TaskTemplate?.ContainerSpec?.Image;
  return toManager(call, { body, headers: image ? await registryAuth(call, image) : {} });
}

type Service = { TaskTemplate?: { ContainerSpec?: { Image?: string } } };
