import { expect, test } from "vitest";
import { INSTALLATION } from "#lib/providers/ec2/tags.ts";
import type { Provider } from "#lib/providers/provider.ts";
import { taggedResources } from "../emulators/ec2/inspect.ts";
import {
  doom,
  environmentIn,
  freshProvider,
  idsOf,
  living,
  quietly,
  signal,
  specsFor,
  startCloud,
} from "./ec2-bench.ts";

const SEED = Number(process.env.FAULTS_SEED ?? 20_261_123);
const ENVIRONMENTS = 12;
const SERVERS = 4;

/** Calls again until it answers, as an engine would; refuses to go on for ever. */
async function insist<T>(call: () => Promise<T>, enough: (answer: T) => boolean = () => true): Promise<T> {
  let last: unknown;
  for (let tries = 0; tries < 60; tries += 1) {
    try {
      const answer = await call();
      if (enough(answer)) return answer;
      last = answer;
    } catch (error) {
      if ((error as { retryable?: boolean }).retryable !== true) throw error;
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`still ${last}`);
}

/** Half of the steps are taken by a process that remembers nothing of the earlier ones. */
const somebody = (provider: Provider) => (Math.random() < 0.5 ? provider : freshProvider());

test(`with three calls in ten failing, half of them after their effect, servers are as wished and nothing is left (seed ${SEED})`, async () => {
  const cloud = await startCloud({ throttling: false, bootMs: 50, stopMs: 50, terminateMs: 50 });
  try {
    cloud.faults.random(0.3, 0.5, SEED);
    const provider = freshProvider();
    await Promise.all(
      Array.from({ length: ENVIRONMENTS }, async () => {
        const environment = environmentIn("eu-west-1");
        const specs = specsFor(environment, SERVERS);
        await insist(() => somebody(provider).prepare(environment, quietly, signal()));
        const launched = await insist(() => somebody(provider).launch(environment, specs, signal()));
        const servers = await insist(
          () => provider.list("eu-west-1", environment.owner, signal()),
          (all) => all.length === SERVERS && all.every(({ state }) => state === "running"),
        );
        expect(servers.map(({ attempt }) => attempt).toSorted()).toEqual(
          specs.map(({ attempt }) => attempt).toSorted(),
        );
        await insist(() => somebody(provider).destroy("eu-west-1", doom(idsOf(launched)), signal()));
        await insist(() => somebody(provider).release(environment, signal()), Boolean);
        expect(taggedResources(cloud, INSTALLATION, environment.owner.installationId)).toEqual([]);
      }),
    );
    expect(living(cloud)).toEqual([]);
    const failed = cloud.calls.filter((call) => call.code?.startsWith("fault:")).length;
    expect(failed / cloud.calls.length).toBeGreaterThan(0.25);
    console.log(`${ENVIRONMENTS} environments of ${SERVERS}: ${failed} of ${cloud.calls.length} calls failed`);
  } finally {
    await cloud.close();
  }
}, 120_000);
