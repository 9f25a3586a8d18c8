import { z } from "zod";
import { define } from "../define.ts";
import { id, moment, page, reference } from "./fields.ts";

const dayMs = 86_400_000;
const when = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  "must be a date (2026-01-31) or a time in ISO 8601",
);

/** A date alone is its first moment, or as an end its last, in UTC. */
const from = when.transform((text) => new Date(text));
const to = when.transform((text) => new Date(Date.parse(text) + (text.includes("T") ? 0 : dayMs)));

const filter = z.object({
  actor: z.string().trim().min(1).max(254).optional(),
  action: z
    .string()
    .trim()
    .regex(/^[a-z]+(\.[a-z-]*)?$/, "must be an action, or what one begins with: environment, environment.delete")
    .max(64)
    .optional(),
  target: reference.optional(),
  since: from.optional(),
  until: to.optional(),
});

export const list = define("GET", "/audit", {
  tag: "Team",
  access: "admin",
  scope: "audit",
  summary: "Who did what, newest first; all of it as a file with format=csv or Accept: text/csv",
  query: page.extend(filter.shape).extend({ format: z.enum(["json", "csv"]).optional() }),
  result: z.array(
    z.object({
      id,
      at: moment,
      actor: z.string(),
      action: z.string(),
      target: z.string().nullable(),
      details: z.record(z.string(), z.unknown()).nullable(),
      address: z.string().nullable(),
    }),
  ),
});
