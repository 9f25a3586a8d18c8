import { seedAccount } from "#tests/support/account.ts";
import type { FaultyCloud } from "./fault-clouds.ts";
import { live, placeAt } from "./fault-story.ts";
import { seeded } from "./random.ts";

export type FaultRun = { environments: number; seed: number; atOnce: number };
export type Outcome = {
  rests: number;
  calls: number;
  failed: number;
  seconds: number;
  troubles: string[];
  left: string[];
};

/** Many environments live and die, so many at once, in a cloud whose calls fail; answers what was seen of it. */
export async function faultRun(server: { url: string }, cloud: FaultyCloud, run: FaultRun): Promise<Outcome> {
  const { token } = await seedAccount("Acme");
  const place = await placeAt(server.url, token, cloud.provider, cloud.region, cloud.size);
  cloud.spoil(run.seed);
  const began = Date.now();
  const troubles: string[] = [];
  let rests = 0;
  const waiting = Array.from({ length: run.environments }, (_, index) => index).values();
  const lane = async () => {
    for (const index of waiting) {
      try {
        const lived = await live(place, cloud.sight, `environment-${index}`, seeded(run.seed + index));
        rests += lived;
      } catch (error) {
        troubles.push((error as Error).message);
      }
    }
  };
  await Promise.all(Array.from({ length: run.atOnce }, lane));
  const { all: calls, failed } = cloud.calls();
  return { rests, calls, failed, seconds: Math.round((Date.now() - began) / 1000), troubles, left: cloud.left() };
}

/** One line of what a run showed. */
export const describeRun = (name: string, { environments, seed }: FaultRun, seen: Outcome): string =>
  `${name}, seed ${seed}: ${environments} environments, ${seen.rests} rest points, ${seen.failed} of ${seen.calls} calls failed (${Math.round((100 * seen.failed) / seen.calls)} %), ${seen.seconds} s`;
