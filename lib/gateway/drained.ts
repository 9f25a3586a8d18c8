import type { Call } from "./call.ts";

/** Waits until the client has taken what is held for it, or has gone. */
export function drained({ response, signal }: Call): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const settle = () => {
      response!.off("drain", settle);
      signal.removeEventListener("abort", settle);
      resolve();
    };
    response!.once("drain", settle);
    signal.addEventListener("abort", settle, { once: true });
  });
}
