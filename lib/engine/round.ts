import type { Action, EnvironmentRow, Listing, NodeRow } from "./types.ts";

export type Task = { node: NodeRow; action: Action };

/** What a round committed, and what is left for it to do. */
export type Round = {
  environment: EnvironmentRow;
  nodes: NodeRow[];
  tasks: Task[];
  strays: Listing["servers"];
  /** Servers that are to be given their names. */
  misnamed: { id: string; name: string }[];
};
