/** What goes wrong with one call: whether its effect happens all the same, and what the caller sees. */
export type Fault = { effect: boolean; answer: "error" | "drop" | "silence" };

/** Faults that strike named calls, or any call with a given probability. Reproducible from the seed. */
export class Faults {
  private planned: { call: string; fault: Fault; left: number }[] = [];
  private share = 0;
  private effectShare = 0;
  private only: (call: string) => boolean = () => true;
  private seed = 1;

  /** The next `times` calls named `call` ("*": any) go wrong. */
  inject(call: string, fault: Fault, times = 1): void {
    this.planned.push({ call, fault, left: times });
  }

  /** From now on `share` (0 to 1) of all calls fail, and `effectShare` of those have had their effect. */
  random(share: number, effectShare: number, seed: number, only: (call: string) => boolean = () => true): void {
    Object.assign(this, { share, effectShare, seed, only });
  }

  clear(): void {
    this.planned = [];
    this.share = 0;
  }

  /** The fault that strikes this call, if any. */
  strike(call: string): Fault | null {
    const hit = this.planned.find((plan) => plan.left > 0 && (plan.call === "*" || plan.call === call));
    if (hit) {
      hit.left -= 1;
      return hit.fault;
    }
    if (this.share === 0 || !this.only(call) || this.draw() >= this.share) return null;
    return { effect: this.draw() < this.effectShare, answer: this.draw() < 0.5 ? "error" : "drop" };
  }

  /** Mulberry32: a uniform number in [0, 1). */
  private draw(): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let t = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}
