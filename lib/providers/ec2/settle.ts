import { setTimeout as sleep } from "node:timers/promises";
import { isNotFound } from "./errors.ts";

const LAG_MS = 20_000;
const PAUSE_MS = 400;

/** Repeats a call for as long as AWS has not heard of what was just made, for 20 seconds at the most. */
export async function eventually<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const deadline = Date.now() + LAG_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isNotFound(error) || Date.now() > deadline) throw error;
      await sleep(PAUSE_MS, undefined, { signal });
    }
  }
}
