import { z } from "zod";
import { environmentStates, nodeStates } from "#lib/model/states.ts";
import { define } from "../define.ts";
import { changeWish, environmentWish } from "./environment-wish.ts";
import { done, id, idParams, moment, name, page, reference, wait } from "./fields.ts";

const tag = "Environments";
const endpoint = z.object({ host: z.string(), port: z.number() });

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
  endpoints: z.record(z.string(), endpoint),
  /** The line that logs in, once the server can be reached. */
  ssh: z.string().nullable(),
  /** What the cloud has that the team did not wish: "missing", "stopped"; null when all is as wished. */
  drift: z.string().nullable(),
});

const environment = z.object({
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
  last_error: z.string().nullable(),
  progress: z.object({ ready: z.number(), total: z.number() }),
  created_at: moment,
  changed_at: moment,
  nodes: z.array(node),
});

const accepted = z.object({
  ready: z.boolean(),
  environment: id,
  account: id,
  state: z.enum(environmentStates),
});

/** `std_out` → provider alias → provider type → server name. */
const report = <T extends z.ZodType>(server: T) =>
  z.object({
    std_out: z.record(z.string(), z.record(z.string(), z.record(z.string(), server))),
    success: z.boolean(),
    state: z.enum(environmentStates),
    stale: z.literal(true).optional(),
    age_seconds: z.number().optional(),
  });

const cloudState = z.object({ code: z.string(), name: z.string() });
const transition = z.object({ instanceId: z.string().nullable(), currentState: cloudState, previousState: cloudState });
const moved = report(z.array(transition));
const deleted = report(transition.extend({ newname: z.string() }));
const queried = report(
  z.object({
    private_ips: z.string().nullable(),
    image: z.string().nullable(),
    state: z.string(),
    public_ips: z.string().nullable(),
    size: z.string(),
    id: z.string().nullable(),
    name: z.string(),
    endpoints: z.record(z.string(), endpoint),
  }),
);

export const create = define("POST", "/applications/{id}/environments", {
  tag,
  access: "operator",
  summary: "Make an environment of 1 to 500 servers",
  params: idParams,
  query: wait,
  body: environmentWish,
  result: accepted,
});

const planned = z.object({
  success: z.boolean(),
  nodes: z.array(
    z.object({
      name: z.string(),
      size: z.string(),
      packages: z.array(z.string()),
      price_per_hour: z.number().optional(),
    }),
  ),
  /** Everything that would be made. */
  resources: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      count: z.number(),
      /** US dollars for all of them; absent when unknown, 0 for what is free. */
      price_per_hour: z.number().optional(),
    }),
  ),
  /** US dollars; absent where something has no known price. */
  price_per_hour: z.number().optional(),
  price_per_month: z.number().optional(),
  /** Limits that it counts against, as far as the credentials may read them. */
  quotas: z.array(
    z.object({
      name: z.string(),
      code: z.string().optional(),
      unit: z.string(),
      limit: z.number(),
      used: z.number(),
      wanted: z.number(),
      enough: z.boolean(),
    }),
  ),
  warnings: z.array(z.string()),
  image: z.string().nullable(),
  network: z.string().nullable(),
  subnet: z.string().nullable(),
  disk_gib: z.number().nullable(),
});

export const plan = define("POST", "/environments/plan", {
  tag,
  access: "viewer",
  summary: "What an environment would be made of and cost, checked against the cloud; makes nothing",
  body: environmentWish,
  result: planned,
});

const filter = page.extend({ state: z.enum(environmentStates).optional(), name: z.string().optional() });

export const list = define("GET", "/environments", {
  tag,
  access: "viewer",
  summary: "The organisation's environments",
  query: filter,
  result: z.array(environment),
});

export const listOfApplication = define("GET", "/applications/{id}/environments", {
  tag,
  access: "viewer",
  summary: "An application's environments",
  params: idParams,
  query: filter,
  result: z.array(environment),
});

export const get = define("GET", "/environments/{id}", {
  tag,
  access: "viewer",
  summary: "State, nodes, progress, cost and last error of an environment",
  params: idParams,
  result: environment.extend({
    /** US dollars while all of it runs; absent when unknown. */
    price_per_hour: z.number().optional(),
    price_per_month: z.number().optional(),
    /** US dollars while all of it is stopped; absent when unknown or nothing. */
    stopped_price_per_month: z.number().optional(),
  }),
});

export const update = define("PUT", "/environments/{id}", {
  tag,
  access: "operator",
  summary: "State the whole wish again: nodes are added, changed and, with prune, removed",
  params: idParams,
  body: changeWish,
  result: environment,
});

const of = <R extends z.ZodType>(method: "GET" | "POST" | "DELETE", path: string, summary: string, result: R) =>
  define(method, path, {
    tag,
    access: "operator",
    summary,
    params: idParams,
    query: wait,
    body: method === "POST" ? z.unknown() : undefined,
    result,
    unsafeGet: method === "GET",
  });

export const stop = of("POST", "/environments/{id}/stop", "Stop all servers", moved);
export const stopByGet = of("GET", "/environments/{id}/stop", "Stop all servers", moved);
export const start = of("POST", "/environments/{id}/start", "Start all servers", moved);
export const startByGet = of("GET", "/environments/{id}/start", "Start all servers", moved);
export const destroy = of("POST", "/environments/{id}/delete", "Delete all servers", deleted);
export const destroyByGet = of("GET", "/environments/{id}/delete", "Delete all servers", deleted);
export const remove = of("DELETE", "/environments/{id}", "Delete all servers; repeating it answers the same", deleted);

export const query = define("GET", "/environments/{id}/query", {
  tag,
  access: "viewer",
  summary: "What the cloud says of the servers now",
  params: idParams,
  result: queried,
});

export const events = define("GET", "/environments/{id}/events", {
  tag,
  access: "viewer",
  summary: "What happens to the environment, as server-sent events; resumes after Last-Event-ID",
  params: idParams,
  query: z.object({ after: z.coerce.number().int().min(0).optional() }),
  result: z.string(),
});

const nodeParams = z.object({ id: reference, name });

export const retryNode = define("POST", "/environments/{id}/nodes/{name}/retry", {
  tag,
  access: "operator",
  summary: "Try a failed node again; with remake, in a new and empty server",
  params: nodeParams,
  body: z.object({ remake: z.boolean().default(false) }).default({ remake: false }),
  result: done,
});

export const credentials = define("GET", "/environments/{id}/nodes/{name}/credentials", {
  tag,
  access: "operator",
  summary: "Generated passwords and connection strings; each look is audited",
  params: nodeParams,
  result: z.array(
    z.object({
      package: z.string(),
      username: z.string(),
      password: z.string(),
      database: z.string().nullable(),
      host: z.string().nullable(),
      port: z.number(),
      connection_string: z.string().nullable(),
      /** For the environment's own nodes. */
      internal_connection_string: z.string(),
    }),
  ),
});
