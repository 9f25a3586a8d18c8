import { answerAs } from "../answer.ts";
import { askEngine, living } from "../ask-all.ts";
import { jsonBodyOf } from "../body.ts";
import { type Call, pathWith } from "../call.ts";
import { forgetLimit } from "../candidates.ts";
import { jsonOf } from "../http-client.ts";
import { engineOfContainer, engineWith, forget, remember } from "../locate.ts";
import { holdName } from "../names.ts";
import { pass } from "../pass.ts";
import { Refusal } from "../refusal.ts";
import { refuseTaken } from "./create-container.ts";

const makeMs = 30_000;

/** To the node that has the container, which is named in the path, or asked for by `?container=`. */
export async function toContainer(call: Call): Promise<{ status: number }> {
  const name = call.params.id ?? call.query.get("container") ?? "";
  const done = await pass(call, await engineOfContainer(call, name));
  if (done.status === 404) forget(call, "containers", name);
  return done;
}

export async function removeContainer(call: Call): Promise<{ status: number }> {
  const done = await toContainer(call);
  forget(call, "containers", call.params.id!);
  return done;
}

export async function changeContainer(call: Call): Promise<{ status: number }> {
  const done = await toContainer(call);
  forgetLimit(call.params.id!);
  return done;
}

/** A name is one in the whole cluster. */
export async function renameContainer(call: Call): Promise<{ status: number }> {
  const name = call.query.get("name")?.replace(/^\//, "");
  if (!name) return toContainer(call);
  const release = await holdName(call, name);
  try {
    await refuseTaken(call, name);
    const done = await toContainer(call);
    for (const one of [name, call.params.id!]) forget(call, "containers", one);
    return done;
  } finally {
    release();
  }
}

/** The exec is found again by its id, after a restart of ours too: its engine is asked. */
export async function createExec(call: Call): Promise<{ status: number }> {
  const engine = await engineOfContainer(call, call.params.id!);
  const { text } = await jsonBodyOf(call);
  const answer = await askEngine(call, engine, { method: "POST", path: pathWith(call), text, timeoutMs: makeMs });
  if (answer.status === 201) remember(call, "exec", jsonOf<{ Id: string }>(answer).Id, engine);
  return answerAs(call, answer);
}

/** To the node of the container that is connected; of one that is gone, to a node that has the network. */
export async function connectNetwork(call: Call): Promise<{ status: number }> {
  const { text, json } = await jsonBodyOf<{ Container?: string }>(call);
  const engine = json?.Container
    ? await engineOfContainer(call, json.Container).catch((error) => {
        if (error instanceof Refusal && error.status === 404) return engineWith(call, "networks", call.params.id!);
        throw error;
      })
    : living(call.cluster)[0]!;
  return answerAs(
    call,
    await askEngine(call, engine, { method: "POST", path: pathWith(call), text, timeoutMs: makeMs }),
  );
}
