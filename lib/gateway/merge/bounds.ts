/** Between which moments something was made, in milliseconds; null: no bound. */
export type Bounds = { before: number | null; since: number | null };

export const unbounded: Bounds = { before: null, since: null };

/**
 * Whether something was made between the bounds, which are left out themselves. A list tells `seconds`, whole ones: what was
 * made in the second of a bound is asked for its `exactMs`.
 */
export async function isBetween(
  seconds: number,
  exactMs: () => Promise<number | undefined>,
  { before, since }: Bounds,
): Promise<boolean> {
  const isClose = [before, since].some((bound) => bound !== null && Math.floor(bound / 1000) === seconds);
  const at = (isClose ? await exactMs() : undefined) ?? seconds * 1000;
  return (before === null || at < before) && (since === null || at > since);
}
