import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { invalid } from "#lib/errors.ts";
import { nextTurn } from "#lib/model/schedule.ts";
import type { Lifecycle } from "#lib/model/wishes.ts";
import type { EnvironmentRow } from "./view.ts";

type Kept = Pick<EnvironmentRow, "schedule" | "scheduleDueAt" | "expiresAt" | "expiryWarnedAt" | "protected">;

const dayMs = 24 * 3_600_000;
const longestMs = 3650 * dayMs;

/** What a lifecycle changes of an environment's row; throws "invalid" for a past end, "forbidden" where protection is taken off below admin. */
export function lifecycleValues(ctx: Context, wish: Lifecycle, before: Partial<Kept>, now: Date): Partial<Kept> {
  const values: Partial<Kept> = {};
  if (wish.schedule !== undefined) {
    values.schedule = wish.schedule;
    values.scheduleDueAt = wish.schedule && dueAfter(wish.schedule, now);
  }
  if (wish.expiresAt !== undefined) Object.assign(values, expiry(wish.expiresAt, before, now));
  if (wish.protected !== undefined && wish.protected !== (before.protected ?? false)) {
    if (!wish.protected) requireRole(ctx, "admin");
    values.protected = wish.protected;
    const end = values.expiresAt === undefined ? before.expiresAt : values.expiresAt;
    // Its end may have come while it was protected: nobody shall lose it at a click that does not say so.
    if (!wish.protected && end && end <= now)
      Object.assign(values, { expiresAt: new Date(now.getTime() + dayMs), expiryWarnedAt: now });
  }
  return values;
}

/** When a schedule is due next. */
export const dueAfter = (schedule: NonNullable<Kept["schedule"]>, now: Date): Date | null =>
  nextTurn(schedule, now)?.at ?? null;

function expiry(expiresAt: Date | null, before: Partial<Kept>, now: Date): Partial<Kept> {
  if (expiresAt?.getTime() === before.expiresAt?.getTime()) return {};
  if (!expiresAt) return { expiresAt: null, expiryWarnedAt: null };
  if (expiresAt <= now) throw invalid("An environment's end lies ahead.", "expires_at");
  if (expiresAt.getTime() - now.getTime() > longestMs)
    throw invalid("An environment's end is ten years ahead at the most.", "expires_at");
  return { expiresAt, expiryWarnedAt: now };
}
