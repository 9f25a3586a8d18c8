import { z } from "zod";
import { isTimeZone } from "#lib/model/schedule.ts";
import type { Lifecycle } from "#lib/model/wishes.ts";
import { moment } from "./fields.ts";

const hourMs = 3_600_000;
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "is not a time of the day such as 08:30");

const schedule = z
  .strictObject({
    /** ISO days of the week on which it starts, 1 is Monday. */
    days: z
      .array(z.number().int().min(1).max(7))
      .min(1, "has at least one day")
      .max(7)
      .transform((days) => [...new Set(days)].sort((a, b) => a - b)),
    start: timeOfDay,
    /** On the next day where it is before `start`. */
    stop: timeOfDay,
    time_zone: z.string().max(64).refine(isTimeZone, "is not a time zone such as Europe/Berlin"),
  })
  .refine(({ start, stop }) => start !== stop, { path: ["stop"], message: "must differ from start" })
  .transform(({ time_zone, ...rest }) => ({ ...rest, timeZone: time_zone }));

/** What an environment does by itself, and what it is kept from; null takes a schedule or an end away. */
export const lifecycleFields = {
  schedule: schedule.nullable().optional(),
  expires_at: z.iso
    .datetime({ offset: true, error: "is not a moment such as 2030-01-31T18:00:00Z" })
    .transform((text) => new Date(text))
    .nullable()
    .optional(),
  /** The same, in hours from now. */
  ttl_hours: z.number().min(0.1).max(87_600).nullable().optional(),
  protected: z.boolean().optional(),
};
const fields = z.object(lifecycleFields);

/** `expires_at` and `ttl_hours` are two words for one thing. */
export const oneEnd = ({ expires_at, ttl_hours }: z.output<typeof fields>, ctx: z.RefinementCtx) => {
  if (expires_at !== undefined && ttl_hours !== undefined)
    ctx.addIssue({ code: "custom", path: ["ttl_hours"], message: "says the same as expires_at: leave out one" });
};

export function lifecycleOf({ schedule, expires_at, ttl_hours, ...rest }: z.output<typeof fields>): Lifecycle {
  const end = ttl_hours === undefined ? expires_at : ttl_hours && new Date(Date.now() + ttl_hours * hourMs);
  return { schedule, expiresAt: end === undefined ? undefined : end || null, protected: rest.protected };
}

/** The same as it is answered. */
export const lifecycleShown = {
  protected: z.boolean(),
  schedule: z
    .object({ days: z.array(z.number()), start: z.string(), stop: z.string(), time_zone: z.string() })
    .nullable(),
  /** When the schedule starts or stops it next. */
  schedule_due_at: moment.nullable(),
  /** When it is deleted by itself. */
  expires_at: moment.nullable(),
};
