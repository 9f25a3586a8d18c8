import { roomiest } from "#lib/model/placement.ts";
import { answerAs } from "../answer.ts";
import { askAll, askEngine, living, silentIn } from "../ask-all.ts";
import { jsonBodyOf } from "../body.ts";
import { type Call, pathWith } from "../call.ts";
import { candidatesOf, staying } from "../candidates.ts";
import type { Engine } from "../cluster.ts";
import { jsonOf } from "../http-client.ts";
import { enginesWith, engineWith, noneOf, refuseUnheard } from "../locate.ts";
import { toManager } from "../managers.ts";
import { holdNewVolumes } from "../names.ts";
import { pass } from "../pass.ts";
import { registryAuth } from "../registries.ts";

const makeMs = 60_000;

/** To the first node that answers: what any engine can do as well, and what belongs to one alone (plugins). */
export const usual = (call: Call) => pass(call, living(call.cluster)[0]!);

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
  call.cluster.engines.length > 1 ? roomiest(staying(await candidatesOf(call)))!.engine : living(call.cluster)[0]!;

/**
 * Removes a volume from every node that has one of the name; where one keeps it (in use), that is the answer, and nothing is
 * removed anywhere. Throws Refusal 503 where only a silent node may have it.
 */
export async function removeVolume(call: Call): Promise<{ status: number }> {
  const name = call.params.name!;
  const { engines, missing } = await enginesWith(call, "volumes", name);
  if (engines.length === 0) refuseUnheard(call, missing, (silent) => noneOf(`No such volume: ${name}`, silent));
  const only = engines.length > 0 ? await usersOf(call, name, engines) : call.cluster.engines;
  const asked = { method: "DELETE", path: pathWith(call), timeoutMs: makeMs };
  const { answers } = await askAll({ ...call, cluster: { ...call.cluster, engines: only, away: [] } }, asked);
  const refused = answers.find(({ answer }) => answer.status >= 400);
  return answerAs(call, (refused ?? answers[0]!).answer, missing);
}

/** Those nodes where a container has the volume; all where none has. */
async function usersOf(call: Call, name: string, engines: Engine[]): Promise<Engine[]> {
  const filters = encodeURIComponent(JSON.stringify({ volume: [name] }));
  const cluster = { ...call.cluster, engines, away: [] };
  const { answers } = await askAll({ ...call, cluster }, { path: `/containers/json?all=1&filters=${filters}` });
  const using = answers.filter(({ answer }) => answer.status === 200 && jsonOf<unknown[]>(answer).length > 0);
  return using.length > 0 ? using.map(({ engine }) => engine) : engines;
}

/** A service is pulled for with the client's credentials, or with the organisation's for that registry. */
export async function toService(call: Call): Promise<{ status: number }> {
  const { text: body, json } = await jsonBodyOf<Service>(call);
  const image = json?.TaskTemplate?.ContainerSpec?.Image;
  return toManager(call, { body, headers: image ? await registryAuth(call, image) : {} });
}

type Service = { TaskTemplate?: { ContainerSpec?: { Image?: string } } };
