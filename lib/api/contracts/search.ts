import { z } from "zod";
import { environmentStates } from "#lib/model/states.ts";
import { define } from "../define.ts";
import { id } from "./fields.ts";

export const search = define("GET", "/search", {
  tag: "Environments",
  access: "viewer",
  scope: "environments:read",
  summary: "Environments by part of a name, the nearest first",
  query: z.object({
    /** Part of an environment's or its application's name, letters of it in their order, or an id; empty: what changed last. */
    q: z.string().max(200).default(""),
    wish: z.enum(["run", "stop"]).optional(),
    /** Only those with a Docker cluster. */
    docker: z.enum(["true"]).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  result: z.array(
    z.object({
      id,
      name: z.string(),
      application_name: z.string(),
      state: z.enum(environmentStates),
      wish: z.enum(["run", "stop", "delete"]),
      servers: z.number(),
      docker: z.boolean(),
      /** The first of its servers. */
      first_node: z.string().nullable(),
    }),
  ),
});
