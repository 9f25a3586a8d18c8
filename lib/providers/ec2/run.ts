import { type Instance, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { ProviderError, type ServerSpec } from "../provider.ts";
import { ask, type Ec2Session } from "./client.ts";
import { awsCode, isNotFound } from "./errors.ts";
import type { Batch } from "./launch-memory.ts";
import { instancesWhere, isAlive } from "./list.ts";
import { quotaMessage } from "./quota.ts";
import { nodeOf } from "./tags.ts";

/** By attempt: the server it made, or why it will never make one. */
export type Outcomes = Map<string, string | ProviderError>;

/**
 * Makes (or repeats) one RunInstances call and writes down what became of its attempts. Answers the specs that the
 * subnet's zone had no room for; throws where the call's outcome is unknown or may be had by repeating it.
 */
export async function runBatch(
  session: Ec2Session,
  region: string,
  batch: Batch,
  outcomes: Outcomes,
  signal: AbortSignal,
): Promise<ServerSpec[]> {
  session.launches.begin(batch);
  try {
    const command = new RunInstancesCommand(batch.input);
    const { Instances = [] } = await ask(signal, (options) => session.ec2(region).send(command, options));
    return settle(session, batch, Instances, outcomes);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (/^Idempotent/.test(awsCode(error))) return settleByToken(session, region, batch, outcomes, signal);
    return refused(session, batch, error, outcomes);
  }
}

function settle(session: Ec2Session, batch: Batch, instances: Instance[], outcomes: Outcomes): ServerSpec[] {
  const made = new Map(instances.map((one) => [nodeOf(one)?.attempt ?? "", one.InstanceId ?? ""]));
  session.launches.settle(batch, made);
  for (const [attempt, id] of made) outcomes.set(attempt, id);
  return batch.specs.filter(({ attempt }) => !made.has(attempt));
}

/**
 * AWS knows the token, so this call was made before: with the same servers, some of which are gone by now, or with
 * parameters that have changed since. What it made is found by the token.
 */
async function settleByToken(
  session: Ec2Session,
  region: string,
  batch: Batch,
  outcomes: Outcomes,
  signal: AbortSignal,
): Promise<ServerSpec[]> {
  const found = await instancesWhere(
    session,
    region,
    [{ Name: "client-token", Values: [batch.input.ClientToken!] }],
    signal,
  );
  if (found.length === 0) {
    throw new ProviderError("conflict", "AWS has this launch, but does not show its servers yet.", {
      retryAfterMs: 5_000,
    });
  }
  const left = settle(session, batch, found.filter(isAlive), outcomes);
  const gone = new Set(found.filter((one) => !isAlive(one)).map((one) => nodeOf(one)?.attempt));
  const message = "The server that this attempt made has been terminated.";
  for (const { attempt } of left) {
    if (gone.has(attempt)) outcomes.set(attempt, new ProviderError("conflict", message, { retryable: true }));
  }
  return left.filter(({ attempt }) => !gone.has(attempt));
}

/** What a refusal means: no room here, never any room, not yet, or never at all. */
function refused(session: Ec2Session, batch: Batch, error: ProviderError, outcomes: Outcomes): ServerSpec[] {
  // Whether these took effect, only a repeat of this very call can say.
  if (error.code === "unreachable" || error.code === "internal") throw error;
  session.launches.settle(batch, new Map());
  if (error.code === "capacity") return batch.specs;
  if (error.code === "throttled" || error.code === "unauthorized") throw error;
  if (isNotFound(error) && awsCode(error) !== "InvalidAMIID.NotFound") {
    throw new ProviderError("conflict", `Something this launch stands on is missing. ${error.message}`, {
      cause: error,
    });
  }
  const explained = explain(error, batch.input.InstanceType ?? "");
  for (const { attempt } of batch.specs) outcomes.set(attempt, explained);
  return [];
}

function explain(error: ProviderError, size: string): ProviderError {
  const message = error.cause instanceof Error ? quotaMessage(awsCode(error), error.cause.message, size) : null;
  return message ? new ProviderError(error.code, message, { cause: error.cause }) : error;
}
