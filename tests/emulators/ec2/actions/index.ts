import type { Action } from "../context.ts";
import * as groups from "./groups.ts";
import { DescribeInstances, StartInstances, StopInstances, TerminateInstances } from "./instances.ts";
import * as keys from "./keys.ts";
import * as networks from "./networks.ts";
import * as places from "./places.ts";
import { RunInstances } from "./run.ts";
import { CreateTags } from "./tags.ts";
import * as volumes from "./volumes.ts";

const instances = { RunInstances, DescribeInstances, StartInstances, StopInstances, TerminateInstances };

/** Every EC2 action that is emulated, by its name. */
export const actions: Record<string, Action | undefined> = {
  ...places,
  ...networks,
  ...groups,
  ...keys,
  ...volumes,
  ...instances,
  CreateTags,
} as unknown as Record<string, Action>;
