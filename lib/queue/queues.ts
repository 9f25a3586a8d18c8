import type { Queue } from "pg-boss";

/** A worker that is gone is noticed after this; its jobs go on elsewhere within twice as long. */
const heartbeatSeconds = 10;

type Options = Omit<Queue, "name">;

const lasting: Options = { heartbeatSeconds, retryLimit: 1000, retryDelay: 2, deleteAfterSeconds: 300, notify: true };

/** One waiting and one running job per key in each. */
export const queues = {
  /** One environment's reconciliation; keyed by its id. */
  reconcile: { ...lasting, policy: "singleton", expireInSeconds: 300 },
  /** What an environment's servers stand on; keyed by its id. */
  prepare: { ...lasting, policy: "exclusive", expireInSeconds: 3600 },
  /** One server's packages; keyed by the node's id. */
  install: { ...lasting, policy: "exclusive", expireInSeconds: 3600 },
  /** One Docker cluster's certificates and swarm; keyed by its environment's id. */
  cluster: { ...lasting, policy: "exclusive", expireInSeconds: 600 },
  /** One letter, sealed. */
  mail: { ...lasting, policy: "standard", expireInSeconds: 120, retryLimit: 8, retryDelay: 5, retryBackoff: true },
  /** Somebody who forgot a password, perhaps nobody: the address that was typed. */
  reset: { ...lasting, policy: "standard", expireInSeconds: 120, retryLimit: 5, retryDelay: 5, retryBackoff: true },
  /** One webhook's delivery; keyed by its id. */
  deliver: { ...lasting, policy: "singleton", expireInSeconds: 60 },
} satisfies Record<string, Options>;

export type QueueName = keyof typeof queues;
