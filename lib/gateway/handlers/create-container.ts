import { expressionOf } from "#lib/model/placement.ts";
import { answerAs } from "../answer.ts";
import { askAll, askEngine, silentIn } from "../ask-all.ts";
import { jsonBodyOf } from "../body.ts";
import { type Call, pathWith } from "../call.ts";
import type { Taken } from "../candidates.ts";
import { jsonOf } from "../http-client.ts";
import { remember } from "../locate.ts";
import { holdName, holdNewVolumes } from "../names.ts";
import { placeOf, volumesOf, type Wish } from "../placing.ts";
import { Refusal } from "../refusal.ts";

const createMs = 60_000;

/**
 * Makes a container on one node: with whom it must share (volumes, links, a namespace), where its constraints let it, with
 * its image if some node has that, and where the most memory is free. A name is one in the whole cluster.
 */
export async function createContainer(call: Call): Promise<{ status: number }> {
  const { text, json } = await jsonBodyOf<Wish>(call);
  const name = call.query.get("name")?.replace(/^\//, "");
  const held = name ? [await holdName(call, name)] : [];
  let taken: Taken | undefined;
  try {
    if (name) await refuseTaken(call, name);
    held.push(await holdNewVolumes(call, volumesOf(json?.HostConfig)));
    const expressions = (json?.Env ?? []).flatMap((entry) => expressionOf(entry) ?? []);
    taken = await placeOf(call, json, expressions);
    const { engine } = taken;
    // The words for us are no environment of the container's.
    const body =
      expressions.length > 0
        ? Buffer.from(JSON.stringify({ ...json, Env: json!.Env!.filter((entry) => !expressionOf(entry)) }))
        : text;
    const answer = await askEngine(call, engine, {
      method: "POST",
      path: pathWith(call),
      text: body,
      timeoutMs: createMs,
    });
    if (answer.status === 201) remember(call, "containers", jsonOf<{ Id: string }>(answer).Id, engine);
    if (answer.status === 201 && name) remember(call, "containers", name, engine);
    return answerAs(call, answer, silentIn(call.cluster));
  } finally {
    taken?.done();
    for (const letGo of held) letGo();
  }
}

/** In the engine's own words, so that clients which look for them find them. */
export async function refuseTaken(call: Call, name: string): Promise<void> {
  const { answers } = await askAll(call, { path: `/containers/${encodeURIComponent(name)}/json` });
  const holder = answers
    .flatMap(({ answer }) => (answer.status === 200 ? jsonOf<{ Id: string; Name: string }>(answer) : []))
    .find(({ Name }) => Name === `/${name}`);
  if (holder)
    throw new Refusal(
      409,
      `Conflict. The container name "/${name}" is already in use by container "${holder.Id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
}
