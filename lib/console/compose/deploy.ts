import { z } from "zod";
import { bytes, duration, labels, nanoCpus, text, texts, whole } from "./values.ts";

const changes = z
  .strictObject({
    parallelism: whole.optional(),
    delay: duration.optional(),
    failure_action: z.enum(["continue", "pause", "rollback"]).optional(),
    monitor: duration.optional(),
    max_failure_ratio: text.transform(Number).pipe(z.number().min(0).max(1)).optional(),
    order: z.enum(["start-first", "stop-first"]).optional(),
  })
  .transform(({ parallelism = 1, delay, failure_action, monitor, max_failure_ratio, order }) => ({
    Parallelism: parallelism,
    Delay: delay,
    FailureAction: failure_action,
    Monitor: monitor,
    MaxFailureRatio: max_failure_ratio ?? 0,
    Order: order,
  }));

const limits = z
  .strictObject({ cpus: nanoCpus.optional(), memory: bytes.optional(), pids: whole.optional() })
  .transform(({ cpus, memory, pids }) => ({ NanoCPUs: cpus, MemoryBytes: memory, Pids: pids }));

const generic = z
  .strictObject({ discrete_resource_spec: z.strictObject({ kind: text, value: whole }) })
  .transform(({ discrete_resource_spec: { kind, value } }) => ({ DiscreteResourceSpec: { Kind: kind, Value: value } }));

const reservations = z
  .strictObject({
    cpus: nanoCpus.optional(),
    memory: bytes.optional(),
    generic_resources: z.array(generic).optional(),
  })
  .transform(({ cpus, memory, generic_resources }) => ({
    NanoCPUs: cpus,
    MemoryBytes: memory,
    GenericResources: generic_resources,
  }));

const restartPolicy = z
  .strictObject({
    condition: z.enum(["none", "on-failure", "any"]).optional(),
    delay: duration.optional(),
    max_attempts: whole.optional(),
    window: duration.optional(),
  })
  .transform(({ condition, delay, max_attempts, window }) => ({
    Condition: condition,
    Delay: delay,
    MaxAttempts: max_attempts,
    Window: window,
  }));

const placement = z
  .strictObject({
    constraints: texts.optional(),
    preferences: z.array(z.strictObject({ spread: text })).optional(),
    max_replicas_per_node: whole.optional(),
  })
  .transform(({ constraints, preferences, max_replicas_per_node }) => ({
    Constraints: constraints,
    Preferences: preferences?.map(({ spread }) => ({ Spread: { SpreadDescriptor: spread } })),
    MaxReplicas: max_replicas_per_node,
  }));

/** A service's `deploy`, its parts in the engine's own form. */
export const deploy = z.strictObject({
  mode: z.enum(["replicated", "global", "replicated-job", "global-job"]).default("replicated"),
  replicas: whole.optional(),
  endpoint_mode: z.enum(["vip", "dnsrr"]).optional(),
  labels: labels.optional(),
  update_config: changes.optional(),
  rollback_config: changes.optional(),
  resources: z.strictObject({ limits: limits.optional(), reservations: reservations.optional() }).optional(),
  restart_policy: restartPolicy.optional(),
  placement: placement.optional(),
});

export type Deploy = z.output<typeof deploy>;

/** Which shape the service runs in; null where a number of replicas makes no sense in it. */
export function modeOf({ mode, replicas }: Pick<Deploy, "mode" | "replicas">): Record<string, unknown> | null {
  const global = mode === "global" || mode === "global-job";
  if (global && replicas !== undefined) return null;
  if (mode === "global") return { Global: {} };
  if (mode === "global-job") return { GlobalJob: {} };
  if (mode === "replicated-job") return { ReplicatedJob: { MaxConcurrent: replicas, TotalCompletions: replicas } };
  return { Replicated: { Replicas: replicas } };
}
