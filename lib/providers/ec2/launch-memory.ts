import type { RunInstancesCommandInput } from "@aws-sdk/client-ec2";
import type { ServerSpec } from "../provider.ts";

/** One RunInstances call, exactly as it was or will be made. */
export type Batch = { input: RunInstancesCommandInput; specs: ServerSpec[] };

const KEPT = 10_000;
const LAG_MS = 120_000;
const SHORTAGE_MS = 10 * 60_000;

/** What this process knows of its launches before any listing shows them. */
export class LaunchMemory {
  private readonly ids = new Map<string, { id: string; at: number }>();
  private readonly unsettled = new Map<string, Batch>();
  private readonly shortages = new Map<string, number>();
  private readonly names = new Map<string, string>();

  /** The server that an attempt made. */
  idOf(attempt: string): string | undefined {
    return this.ids.get(attempt)?.id;
  }

  /** Whether an id is so new that "not found" proves nothing. */
  isRecent(id: string): boolean {
    return [...this.ids.values()].some((one) => one.id === id && one.at > Date.now() - LAG_MS);
  }

  /** A call is about to be made; until it is settled, any of its attempts is answered by repeating just this call. */
  begin(batch: Batch): void {
    for (const { attempt } of batch.specs) this.unsettled.set(attempt, batch);
  }

  settle(batch: Batch, made: Map<string, string>): void {
    for (const { attempt } of batch.specs) this.unsettled.delete(attempt);
    for (const [attempt, id] of made) this.ids.set(attempt, { id, at: Date.now() });
    forgetOldest(this.ids);
  }

  /** Calls with any of these attempts whose outcome is unknown. */
  unsettledOf(specs: ServerSpec[]): Batch[] {
    return [...new Set(specs.flatMap(({ attempt }) => this.unsettled.get(attempt) ?? []))];
  }

  hasName(id: string, name: string): boolean {
    return this.names.get(id) === name;
  }

  noteName(id: string, name: string): void {
    this.names.set(id, name);
    forgetOldest(this.names);
  }

  /** The zone had none of this size left; for ten minutes others are tried first. */
  noteShortage(zone: string, size: string): void {
    this.shortages.set(`${zone}/${size}`, Date.now() + SHORTAGE_MS);
  }

  isShort(zone: string, size: string): boolean {
    return (this.shortages.get(`${zone}/${size}`) ?? 0) > Date.now();
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= KEPT) return;
    map.delete(key);
  }
}
