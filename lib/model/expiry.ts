const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Whether an end is to be announced at `now`, and up to when all has been said then; null: not now. It was said up to
 * `toldUntil`: when the end was set, or by the last warning. A day before the end and an hour before it; of a life of two
 * hours or less, once, when a quarter of it is left.
 */
export function warningDue(expiresAt: Date, toldUntil: Date | null, now: Date): { toldUntil: Date } | null {
  const end = expiresAt.getTime();
  if (now.getTime() >= end) return null;
  const leftThen = toldUntil ? end - toldUntil.getTime() : Number.POSITIVE_INFINITY;
  if (leftThen <= 0) return null;
  const left = end - now.getTime();
  if (left <= lastLead(leftThen)) return { toldUntil: expiresAt };
  return left <= dayMs && leftThen > dayMs ? { toldUntil: new Date(end - dayMs) } : null;
}

const lastLead = (leftThenMs: number) => (leftThenMs > 2 * hourMs ? hourMs : leftThenMs / 4);

/** A stretch of time as people say it: "25 hours", "1 hour", "12 minutes". */
export function inWords(ms: number): string {
  const [count, unit] =
    ms >= hourMs - minuteMs / 2
      ? [Math.round(ms / hourMs), "hour"]
      : [Math.max(1, Math.round(ms / minuteMs)), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
