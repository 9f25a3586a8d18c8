const units = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
] as const;

/** The time from `thenMs` to `nowMs` in its largest unit: "just now", "5 min ago", "3 d ago"; ahead: "in 3 d". */
export function ago(thenMs: number, nowMs: number): string {
  const seconds = Math.round(Math.abs(nowMs - thenMs) / 1000);
  for (const [unit, length] of units) {
    if (seconds < length) continue;
    const amount = `${Math.floor(seconds / length)} ${unit}`;
    return thenMs > nowMs ? `in ${amount}` : `${amount} ago`;
  }
  return thenMs > nowMs ? "in a moment" : "just now";
}
