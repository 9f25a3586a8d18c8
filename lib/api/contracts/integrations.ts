import { z } from "zod";
import { define } from "../define.ts";
import { done, id, idParams, name } from "./fields.ts";

const tag = "Integrations";
const integration = z.object({
  name: z.string(),
  organisation: id,
  type: z.string(),
  id,
  integration_meta: z.object({ url: z.string(), username: z.string(), password: z.string(), email: z.string() }),
  _name: z.string(),
  verified: z.boolean(),
  reason: z.string().nullable(),
});

const body = z.object({
  name,
  url: z
    .url({ protocol: /^https?$/, error: "is not an http or https URL" })
    .max(2048)
    .refine(
      (url) => !URL.parse(url)?.username && !URL.parse(url)?.password,
      "has no place for a password: send it apart",
    )
    .default("https://index.docker.io/v1/"),
  username: z.string().trim().min(1).max(255),
  password: z.string().min(1).max(16_384),
  email: z.union([z.literal(""), z.email()]).default(""),
});

export const create = define("POST", "/integrations/docker-hub", {
  tag,
  access: "admin",
  scope: "integrations",
  summary: "Add a Docker Hub account or another registry",
  body,
  result: integration,
});

export const list = define("GET", "/integrations", {
  tag,
  access: "viewer",
  scope: "integrations",
  summary: "The organisation's integrations",
  result: z.array(integration),
});

export const get = define("GET", "/integrations/docker-hub/{id}", {
  tag,
  access: "viewer",
  scope: "integrations",
  summary: "One registry",
  params: idParams,
  result: integration,
});

export const update = define("PUT", "/integrations/docker-hub/{id}", {
  tag,
  access: "admin",
  scope: "integrations",
  summary: "Change a registry; a masked password keeps the old one",
  params: idParams,
  body,
  result: integration,
});

export const remove = define("DELETE", "/integrations/docker-hub/{id}", {
  tag,
  access: "admin",
  scope: "integrations",
  summary: "Remove a registry",
  params: idParams,
  result: done,
});

export const verify = define("POST", "/integrations/docker-hub/{id}/verify", {
  tag,
  access: "admin",
  scope: "integrations",
  summary: "Log in to a registry again with what is kept of it",
  params: idParams,
  body: z.unknown(),
  result: integration,
});

export const uses = define("GET", "/integrations/docker-hub/{id}/uses", {
  tag,
  access: "viewer",
  scope: "integrations",
  summary: "Which images a registry's credentials are for, and which Docker clusters use them",
  params: idParams,
  result: z.object({
    images: z.string(),
    clusters: z.array(z.object({ id, name: z.string(), application_name: z.string() })),
    except: z.array(z.object({ id, name: z.string(), images: z.string() })),
  }),
});
