import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { faultyDigitalOcean, faultyEc2 } from "./fault-clouds.ts";
import { describeRun, faultRun } from "./fault-run.ts";

const run = { environments: 4, seed: Number(process.env.FAULTS_SEED ?? 7), atOnce: 4 };
/** Port 22 of an address is root's to take. */
const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)(
  "with three calls in ten failing, half of them after their effect, through the whole product",
  () => {
    let server: TestServer;
    beforeAll(async () => {
      process.env.CLOUDHERO_DIAL_ALLOW = "127.0.0.0/8";
      server = await startTestServer({ worker: true });
    });
    afterAll(() => server.close());

    test.concurrent.each([
      ["EC2", faultyEc2],
      ["DigitalOcean", faultyDigitalOcean],
    ] as const)(
      "on %s, servers are as wished at every rest point, and nothing is left at the end",
      async (name, start) => {
        const cloud = await start();
        try {
          const seen = await faultRun(server, cloud, run);
          console.log(describeRun(name, run, seen));
          expect([seen.troubles, seen.left]).toEqual([[], []]);
          expect(seen.rests).toBeGreaterThanOrEqual(2 * run.environments);
          expect(seen.failed / seen.calls).toBeGreaterThan(0.2);
        } finally {
          await cloud.close();
        }
      },
      240_000,
    );
  },
);
