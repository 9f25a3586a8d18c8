/** A token bucket: `capacity` at most, `perSecond` back. */
export class TokenBucket {
  private readonly capacity: number;
  private readonly perSecond: number;
  private tokens: number;
  private at: number;

  constructor(capacity: number, perSecond: number, now: number) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.tokens = capacity;
    this.at = now;
  }

  /** Takes `count` tokens when there are as many, else takes none and answers false. */
  take(now: number, count = 1): boolean {
    this.tokens = Math.min(this.capacity, this.tokens + (Math.max(0, now - this.at) / 1000) * this.perSecond);
    this.at = Math.max(now, this.at);
    if (this.tokens < count) return false;
    this.tokens -= count;
    return true;
  }

  left(now: number): number {
    this.take(now, 0);
    return this.tokens;
  }
}
