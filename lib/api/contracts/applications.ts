import { z } from "zod";
import { define } from "../define.ts";
import { done, id, idParams, name, page } from "./fields.ts";

const tag = "Applications";
const application = z.object({
  application_name: z.string(),
  application_type: z.string(),
  id,
  environments: z.array(id),
  deployments_count: z.number(),
});
const type = z.literal("custom", "only custom applications are supported");

export const create = define("POST", "/applications", {
  tag,
  access: "operator",
  scope: "environments:write",
  summary: "Make an application",
  body: z.object({ application_name: name, application_type: type.default("custom") }),
  result: z.array(application),
});

export const list = define("GET", "/applications", {
  tag,
  access: "viewer",
  scope: "environments:read",
  summary: "The organisation's applications",
  query: page,
  result: z.array(application),
});

export const get = define("GET", "/applications/{id}", {
  tag,
  access: "viewer",
  scope: "environments:read",
  summary: "One application",
  params: idParams,
  result: application,
});

export const update = define("PUT", "/applications/{id}", {
  tag,
  access: "operator",
  scope: "environments:write",
  summary: "Rename an application",
  params: idParams,
  body: z.object({ application_name: name, application_type: type.optional() }),
  result: application,
});

export const remove = define("DELETE", "/applications/{id}", {
  tag,
  access: "operator",
  scope: "environments:write",
  summary: "Remove an application that has no environments",
  params: idParams,
  result: done,
});
