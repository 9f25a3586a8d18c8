import { z } from "zod";
import { define } from "../define.ts";

const tag = "System";

export const healthz = define("GET", "/healthz", {
  tag,
  access: "public",
  scope: null,
  summary: "Whether the process answers",
  result: z.object({ success: z.boolean() }),
});

export const readyz = define("GET", "/readyz", {
  tag,
  access: "public",
  scope: null,
  summary: "Whether the database and the engine work; 503 while not",
  result: z.object({ success: z.boolean(), database: z.string(), engine: z.string() }),
});

export const openapi = define("GET", "/openapi.json", {
  tag,
  access: "public",
  scope: null,
  summary: "This API as OpenAPI 3.1",
  result: z.record(z.string(), z.unknown()),
});

export const packages = define("GET", "/packages", {
  tag,
  access: "viewer",
  scope: "environments:read",
  summary: "The packages that a server can be given",
  result: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      aliases: z.array(z.string()).readonly(),
      ports: z.array(z.number()).readonly(),
    }),
  ),
});
