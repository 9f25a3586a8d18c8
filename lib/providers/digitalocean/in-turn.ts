const last = new Map<string, Promise<unknown>>();

/** Runs `work` once everything given earlier under the same name has ended, however it ended. */
export function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  const settled = mine.catch(() => {});
  last.set(name, settled);
  settled.then(() => {
    if (last.get(name) === settled) last.delete(name);
  });
  return mine;
}
