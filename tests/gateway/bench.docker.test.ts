import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dockerAvailable } from "#tests/support/docker.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { benchGateway, describeBench } from "./bench-run.ts";
import { makeCluster } from "./cluster.ts";

describe.runIf(dockerAvailable)("the endpoint's cost, in short: npm run bench:gateway measures it", () => {
  let server: TestServer;
  let cluster: Awaited<ReturnType<typeof makeCluster>>;
  beforeAll(async () => {
    process.env.CLOUDHERO_DOCKER_PORT = "0";
    server = await startTestServer();
    cluster = await makeCluster("10.98.8", ["alpha", "beta", "gamma"]);
  });
  afterAll(async () => {
    await cluster?.stop();
    await server?.close();
  });

  test("everything that is sent arrives, at a rate and in a memory that are no scandal on a busy machine", async () => {
    const short = { requests: 1_000, copyMiB: 192, logsMiB: 16, streams: 40, streamMiB: 1, rounds: 1 };
    const figures = await benchGateway(cluster, short);
    console.log(describeBench(figures));
    const { together, copy, paced, restMiB, peakMiB } = figures;
    expect(together.cloudhero.perSecond / together.haproxy!.perSecond).toBeGreaterThan(0.15);
    expect(copy.cloudhero / copy.direct).toBeGreaterThan(0.4);
    expect(paced.cloudhero / paced.direct).toBeGreaterThan(0.6);
    // What passes through is not kept: 192 MiB leave less than that behind.
    expect(peakMiB - restMiB).toBeLessThan(120);
  });
});
