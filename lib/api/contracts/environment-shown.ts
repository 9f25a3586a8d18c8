import { z } from "zod";
import { environmentStates, nodeStates } from "#lib/model/states.ts";
import { lifecycleShown } from "./environment-lifecycle.ts";
import { id, moment } from "./fields.ts";

export const endpoint = z.object({ host: z.string(), port: z.number() });

const node = z.object({
  name: z.string(),
  hostname: z.string(),
  size: z.string(),
  packages: z.array(z.string()),
  expose: z.array(z.object({ port: z.number(), cidr: z.string() })),
  state: z.enum(nodeStates),
  error: z.string().nullable(),
  progress: z.object({ step: z.number(), steps: z.number(), title: z.string() }).nullable(),
  server_id: z.string().nullable(),
  image: z.string().nullable(),
  public_ip: z.string().nullable(),
  private_ip: z.string().nullable(),
  /** The cloud's zone in the region, where it tells it. */
  zone: z.string().nullable(),
  /** Since when it is in its state. */
  state_since: moment,
  endpoints: z.record(z.string(), endpoint),
  /** The line that logs in, once the server can be reached. */
  ssh: z.string().nullable(),
  /** What the cloud has that the team did not wish: "missing", "stopped"; null when all is as wished. */
  drift: z.string().nullable(),
});

/** An environment as it is answered. */
export const environment = z.object({
  id,
  name: z.string(),
  application_id: id,
  provider_id: id,
  /** Its cloud is a practice cloud: nothing in it is real. */
  simulated: z.boolean(),
  region: z.string(),
  image: z.string().nullable(),
  network: z.string().nullable(),
  subnet: z.string().nullable(),
  /** Null: as is usual for the provider. */
  disk_gib: z.number().nullable(),
  state: z.enum(environmentStates),
  wish: z.enum(["run", "stop", "delete"]),
  heal: z.boolean(),
  ...lifecycleShown,
  last_error: z.string().nullable(),
  progress: z.object({ ready: z.number(), total: z.number() }),
  created_at: moment,
  changed_at: moment,
  nodes: z.array(node),
});
