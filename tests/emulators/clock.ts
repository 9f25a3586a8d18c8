/** Milliseconds since 1970 as an emulated cloud sees them: real time, moved by whatever a test advanced. */
export type Clock = { now(): number; advance(ms: number): void };

export function startClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
  };
}
