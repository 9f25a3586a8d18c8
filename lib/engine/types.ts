import type { environments, nodes, observations, providers } from "#drizzle/schema/index.ts";

export type EnvironmentRow = typeof environments.$inferSelect;
export type NodeRow = typeof nodes.$inferSelect;
export type ProviderRow = typeof providers.$inferSelect;

/** A listing of a provider's region; what was launched after it began is not in it. */
export type Listing = { servers: (typeof observations.$inferSelect)["servers"]; begunAt: Date };

/** What is to be done to a node's server, once its new facts are committed. */
export type Action = "launch" | "stop" | "start" | "destroy" | "install" | "forget";

export type Decision = { change: Partial<NodeRow>; action?: Action };
