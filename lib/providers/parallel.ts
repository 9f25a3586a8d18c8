/**
 * Runs `work` over all items, at most `limit` at a time, and answers the results in order.
 * Waits for every one before it throws the first failure, so that nothing runs on behind a caller's back.
 */
export async function inParallel<T, R>(items: T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const outcomes: PromiseSettledResult<R>[] = new Array(items.length);
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) [outcomes[index]] = (await Promise.allSettled([work(item)])) as [never];
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}
