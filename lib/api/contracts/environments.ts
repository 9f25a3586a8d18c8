import { z } from "zod";
import { environmentStates } from "#lib/model/states.ts";
import { define } from "../define.ts";
import { endpoint, environment } from "./environment-shown.ts";
import { changeWish, environmentWish } from "./environment-wish.ts";
import { done, id, idParams, name, page, reference, wait } from "./fields.ts";

const tag = "Environments";

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
  scope: "environments:write",
  summary: "Make an environment of 1 to 500 servers",
  params: idParams,
  query: wait,
  body: environmentWish,
  result: accepted,
});

/** What is left out is as the environment has it. */
const cloneWish = z
  .strictObject({
    provider_id: reference.optional(),
    region: z.string().trim().min(1).max(64).optional(),
    environment: name,
    application_id: reference.optional(),
  })
  .transform(({ provider_id, region, environment, application_id }) => ({
    providerId: provider_id,
    region,
    name: environment,
    applicationId: application_id,
  }));

export const clone = define("POST", "/environments/{id}/clone", {
  tag,
  access: "operator",
  scope: "environments:write",
  summary: "Make an environment like this one, at another region or provider; data is not copied",
  params: idParams,
  body: cloneWish,
  result: accepted.extend({
    /** Sizes that another stands for there; `short` where none there is as big. */
    sizes: z.array(z.object({ node: z.string(), from: z.string(), to: z.string(), short: z.boolean() })),
    /** What did not go along, and why. */
    not_carried: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
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
  scope: "environments:read",
  summary: "What an environment would be made of and cost, checked against the cloud; makes nothing",
  body: environmentWish,
  result: planned,
});

const filter = page.extend({ state: z.enum(environmentStates).optional(), name: z.string().optional() });

export const list = define("GET", "/environments", {
  tag,
  access: "viewer",
  scope: "environments:read",
  summary: "The organisation's environments",
  query: filter,
  result: z.array(environment),
});

export const listOfApplication = define("GET", "/applications/{id}/environments", {
  tag,
  access: "viewer",
  scope: "environments:read",
  summary: "An application's environments",
  params: idParams,
  query: filter,
  result: z.array(environment),
});

export const get = define("GET", "/environments/{id}", {
  tag,
  access: "viewer",
  scope: "environments:read",
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
  scope: "environments:write",
  summary:
    "State the whole wish again: nodes are added, changed and, with prune, removed; with remake, other sizes replaced",
  params: idParams,
  query: wait,
  body: changeWish,
  result: environment,
});

const of = <R extends z.ZodType>(method: "GET" | "POST" | "DELETE", path: string, summary: string, result: R) =>
  define(method, path, {
    tag,
    access: "operator",
    scope: "environments:write",
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
  scope: "environments:read",
  summary: "What the cloud says of the servers now",
  params: idParams,
  result: queried,
});

export const events = define("GET", "/environments/{id}/events", {
  tag,
  access: "viewer",
  scope: "environments:read",
  summary: "What happens to the environment, as server-sent events; resumes after Last-Event-ID",
  params: idParams,
  query: z.object({ after: z.coerce.number().int().min(0).optional() }),
  result: z.string(),
  media: "text/event-stream",
});

const nodeParams = z.object({ id: reference, name });

export const retryNode = define("POST", "/environments/{id}/nodes/{name}/retry", {
  tag,
  access: "operator",
  scope: "environments:write",
  summary: "Try a failed node again; with remake, in a new and empty server",
  params: nodeParams,
  body: z.object({ remake: z.boolean().default(false) }).default({ remake: false }),
  result: done,
});

export const credentials = define("GET", "/environments/{id}/nodes/{name}/credentials", {
  tag,
  access: "operator",
  scope: "environments:write",
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
