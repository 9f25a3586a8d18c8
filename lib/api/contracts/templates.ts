import { z } from "zod";
import { define } from "../define.ts";
import { nodeList, nodeWish } from "./environment-wish.ts";
import { done, id, idParams, moment, name, page, reference } from "./fields.ts";

const tag = "Templates";

const template = z.object({
  id,
  name: z.string(),
  description: z.string(),
  /** Comes with CloudHero, and cannot be changed. */
  built_in: z.boolean(),
  created_at: moment.nullable(),
  nodes: z.array(
    z.object({
      name: z.string(),
      /** Counts where it can be had; else what is as big, by the two below. */
      size: z.string().nullable(),
      min_cores: z.number().nullable(),
      min_memory_gib: z.number().nullable(),
      packages: z.array(z.string()),
      expose: z.array(z.object({ port: z.number(), cidr: z.string() })),
    }),
  ),
});

/** As an environment's, but for the size: a name, how big it must be at least, or both. */
const node = nodeWish
  .extend({
    size: nodeWish.shape.size.nullish(),
    min_cores: z.number().min(0).max(1024).nullish(),
    min_memory_gib: z.number().min(0).max(32_768).nullish(),
  })
  .superRefine(({ size, min_cores, min_memory_gib }, ctx) => {
    if (!size && !min_cores && !min_memory_gib)
      ctx.addIssue({ code: "custom", path: ["size"], message: "name a size, or say min_cores and min_memory_gib" });
  })
  .transform(({ size, min_cores, min_memory_gib, ...rest }) => ({
    ...rest,
    size: size ?? null,
    need: min_cores || min_memory_gib ? { cores: min_cores ?? 0, gib: min_memory_gib ?? 0 } : null,
  }));

const description = z.string().trim().max(500, "has 500 characters at the most");
const servers = {
  nodes: nodeList(node).optional(),
  /** In place of `nodes`: those of this environment. */
  environment_id: reference.optional(),
};
const bothMessage = "say nodes or environment_id, not both";

export const create = define("POST", "/templates", {
  tag,
  access: "operator",
  scope: "environments:write",
  summary: "Keep servers as a template: stated, or as those of an environment are",
  body: z
    .strictObject({ name, description: description.default(""), ...servers })
    .refine(({ nodes, environment_id }) => !(nodes && environment_id), { message: bothMessage, path: ["nodes"] })
    .refine(({ nodes, environment_id }) => nodes ?? environment_id, { message: "is required", path: ["nodes"] })
    .transform(({ environment_id, nodes, ...rest }) => ({ ...rest, nodes, environmentId: environment_id })),
  result: template,
});

export const list = define("GET", "/templates", {
  tag,
  access: "viewer",
  scope: "environments:read",
  summary: "The templates that come with CloudHero, then the organisation's",
  query: page,
  result: z.array(template),
});

const place = z
  .object({ provider_id: reference.optional(), region: z.string().trim().min(1).max(64).optional() })
  .refine(({ provider_id, region }) => (provider_id === undefined) === (region === undefined), {
    message: "say provider_id and region together",
    path: ["region"],
  });

export const get = define("GET", "/templates/{id}", {
  tag,
  access: "viewer",
  scope: "environments:read",
  summary: "One template; with provider_id and region, each size is the cheapest there that fits",
  params: idParams,
  query: place,
  result: template,
});

export const update = define("PUT", "/templates/{id}", {
  tag,
  access: "operator",
  scope: "environments:write",
  summary: "Change a template; what is left out stays as it is",
  params: idParams,
  body: z
    .strictObject({ name: name.optional(), description: description.optional(), ...servers })
    .refine(({ nodes, environment_id }) => !(nodes && environment_id), { message: bothMessage, path: ["nodes"] })
    .transform(({ environment_id, ...rest }) => ({ ...rest, environmentId: environment_id })),
  result: template,
});

export const remove = define("DELETE", "/templates/{id}", {
  tag,
  access: "operator",
  scope: "environments:write",
  summary: "Forget a template; environments that were made from it stay",
  params: idParams,
  result: done,
});
