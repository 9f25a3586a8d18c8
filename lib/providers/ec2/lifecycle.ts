import {
  type InstanceStateChange,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { ProviderError, type ServerState, type Transition } from "../provider.ts";
import { ask, type Ec2Session } from "./client.ts";
import { awsCode } from "./errors.ts";
import { instancesWhere, stateOf } from "./list.ts";
import { nameServers } from "./name.ts";
import { assertRegion } from "./regions.ts";

type Change = (ids: string[]) => Promise<InstanceStateChange[] | undefined>;

/** Stops those that run. One that may not be stopped in its present state is answered as it is, for a later call. */
export function stop(session: Ec2Session, region: string, ids: string[], signal: AbortSignal): Promise<Transition[]> {
  return change(session, region, ids, signal, async (InstanceIds) => {
    const command = new StopInstancesCommand({ InstanceIds });
    return (await ask(signal, (options) => session.ec2(region).send(command, options))).StoppingInstances;
  });
}

/** Starts those that are stopped; one that is still stopping is answered as it is, for a later call. */
export function start(session: Ec2Session, region: string, ids: string[], signal: AbortSignal): Promise<Transition[]> {
  return change(session, region, ids, signal, async (InstanceIds) => {
    const command = new StartInstancesCommand({ InstanceIds });
    return (await ask(signal, (options) => session.ec2(region).send(command, options))).StartingInstances;
  });
}

/** Terminates all of them, then lets go of their names. Throws "conflict" for one that is protected, once the others are done. */
export async function destroy(
  session: Ec2Session,
  region: string,
  doomed: { id: string; newName: string }[],
  signal: AbortSignal,
): Promise<Transition[]> {
  const ids = doomed.map(({ id }) => id);
  const transitions = await change(session, region, ids, signal, async (InstanceIds) => {
    const command = new TerminateInstancesCommand({ InstanceIds });
    return (await ask(signal, (options) => session.ec2(region).send(command, options))).TerminatingInstances;
  });
  const ended = new Set(transitions.filter(({ previous }) => previous !== null).map(({ id }) => id));
  const names = doomed.filter(({ id }) => ended.has(id)).map(({ id, newName }): [string, string] => [id, newName]);
  // The server is gone whether or not its tag could be changed; a name is nothing that EC2 keeps unique.
  await nameServers(session, region, names, signal).catch((error: unknown) => {
    log.warn({ region, reason: messageOf(error) }, "ec2: terminated servers keep their old names");
  });
  return transitions;
}

/**
 * Makes a change to all ids in one call. AWS refuses the whole call for a single wrong one: it is taken out, as absent
 * or as it is, and the rest goes again; so there is a call for each that is in the way, and one more.
 */
async function change(
  session: Ec2Session,
  region: string,
  ids: string[],
  signal: AbortSignal,
  call: Change,
): Promise<Transition[]> {
  await assertRegion(session, region, signal);
  const transitions = new Map<string, Transition>();
  const failures: ProviderError[] = [];
  let left = [...new Set(ids)];
  for (let tries = 0; left.length > 0 && tries <= ids.length; tries += 1) {
    try {
      for (const one of (await call(left)) ?? []) transitions.set(one.InstanceId ?? "", toTransition(one));
      break;
    } catch (error) {
      const inTheWay = namedIn(error, left);
      if (!(error instanceof ProviderError) || inTheWay.length === 0) throw error;
      await explain(session, region, error, inTheWay, transitions, failures, signal);
      left = left.filter((id) => !inTheWay.includes(id));
    }
  }
  if (failures[0]) throw failures[0];
  return ids.map((id) => transitions.get(id) ?? { id, previous: null, current: "terminated" });
}

async function explain(
  session: Ec2Session,
  region: string,
  error: ProviderError,
  ids: string[],
  transitions: Map<string, Transition>,
  failures: ProviderError[],
  signal: AbortSignal,
): Promise<void> {
  const code = awsCode(error);
  if (code === "InvalidInstanceID.NotFound") {
    const fresh = ids.filter((id) => session.launches.isRecent(id));
    if (fresh.length > 0)
      failures.push(
        new ProviderError("conflict", `AWS does not show ${fresh.join(", ")} yet.`, { retryAfterMs: 3_000 }),
      );
    for (const id of ids) transitions.set(id, { id, previous: null, current: "terminated" });
  } else if (code === "InvalidInstanceID.Malformed") {
    for (const id of ids) transitions.set(id, { id, previous: null, current: "terminated" });
  } else if (code === "IncorrectInstanceState") {
    for (const one of await instancesWhere(session, region, [{ Name: "instance-id", Values: ids }], signal)) {
      const state = stateOf(one);
      transitions.set(one.InstanceId ?? "", {
        id: one.InstanceId ?? "",
        previous: state as ServerState,
        current: state,
      });
    }
  } else if (code === "OperationNotPermitted") {
    const message = `Termination protection is on for ${ids.join(", ")}; switch it off in the AWS console, and the deletion goes on.`;
    failures.push(new ProviderError("conflict", message, { cause: error.cause }));
  } else {
    throw error;
  }
}

/** The ids that an error speaks of. */
function namedIn(error: unknown, ids: string[]): string[] {
  const said = new Set(error instanceof Error ? error.message.match(/i-[0-9a-f]+/g) : []);
  return ids.filter(
    (id) => said.has(id) || (awsCode(error) === "InvalidInstanceID.Malformed" && !/^i-[0-9a-f]{8,17}$/.test(id)),
  );
}

function toTransition(one: InstanceStateChange): Transition {
  return {
    id: one.InstanceId ?? "",
    previous: (one.PreviousState?.Name as ServerState | undefined) ?? null,
    current: one.CurrentState?.Name ?? "pending",
  };
}
