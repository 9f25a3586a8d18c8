import { z } from "zod";
import { overviewSorts } from "#lib/model/overview-sorts.ts";
import { environmentStates } from "#lib/model/states.ts";
import { define } from "../define.ts";
import { id, moment, reference } from "./fields.ts";

const row = z.object({
  id,
  name: z.string(),
  application_name: z.string(),
  state: z.enum(environmentStates),
  wish: z.enum(["run", "stop", "delete"]),
  servers: z.object({ ready: z.number(), total: z.number() }),
  provider_id: id,
  provider_name: z.string(),
  provider_type: z.string(),
  simulated: z.boolean(),
  region: z.string(),
  /** US dollars as it stands now; absent where a price is not known. */
  price_per_month: z.number().optional(),
  created_at: moment,
  changed_at: moment,
});

export const overview = define("GET", "/overview", {
  tag: "Environments",
  access: "viewer",
  scope: "environments:read",
  summary: "The organisation's environments in short, sorted, with what they cost",
  query: z.object({
    sort: z.enum(overviewSorts).default("name"),
    order: z.enum(["asc", "desc"]).default("asc"),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    /** Part of an environment's or its application's name. */
    name: z.string().max(200).optional(),
    state: z.enum(environmentStates).optional(),
    provider_id: reference.optional(),
    application_id: reference.optional(),
  }),
  result: z.object({
    environments: z.array(row),
    total: z.number(),
    /** US dollars for all of the organisation's environments as they stand; `partial`: a price is not known. */
    price_per_month: z.number(),
    partial: z.boolean(),
    moving: z.boolean(),
  }),
});
