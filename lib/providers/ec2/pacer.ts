import { setTimeout as sleep } from "node:timers/promises";

/** Lets `burst` calls through at once and `perSecond` after that; later ones wait their turn. */
export class Pacer {
  private readonly burst: number;
  private readonly perSecond: number;
  /** When the bucket is full again, in milliseconds since 1970. */
  private fullAt = 0;

  constructor(burst: number, perSecond: number) {
    this.burst = burst;
    this.perSecond = perSecond;
  }

  async turn(signal: AbortSignal): Promise<void> {
    const now = Date.now();
    this.fullAt = Math.max(this.fullAt, now) + 1000 / this.perSecond;
    const waitMs = this.fullAt - now - (this.burst * 1000) / this.perSecond;
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
  }
}
