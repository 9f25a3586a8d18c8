import { expect, test } from "vitest";
import {
  countCalls,
  doom,
  errorsOf,
  freshProvider,
  idsOf,
  prepared,
  signal,
  specsFor,
  startCloud,
} from "./ec2-bench.ts";
import { allIn } from "./fixtures.ts";

const CHANGES = /^(Run|Create|Import|Authorize|Revoke|Attach|Modify|Start|Stop|Terminate|Delete|Detach)/;

test("a hundred equal servers take at most eight changing calls besides names, and AWS throttles none of them", async () => {
  const bootMs = 2_000;
  const cloud = await startCloud({ bootMs, consistencyLagMs: 500 });
  try {
    const provider = freshProvider();
    const begun = Date.now();
    const environment = await prepared(provider);
    const specs = specsFor(environment, 100);
    const launched = await provider.launch(environment, specs, signal());
    expect(errorsOf(launched)).toEqual([]);
    const servers = await allIn(provider, environment, "running", 100);
    const tookMs = Date.now() - begun;
    const calls = countCalls(cloud);
    console.log(`100 servers in ${tookMs} ms, of which ${bootMs} ms are their boot; calls: ${JSON.stringify(calls)}`);
    const { CreateTags: names = 0, ...others } = calls;
    const changes = Object.entries(others).filter(([action]) => CHANGES.test(action));
    expect(changes.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(8);
    expect(others.RunInstances).toBe(1);
    expect(names).toBeLessThanOrEqual(200);
    expect(cloud.calls.filter((call) => call.code === "RequestLimitExceeded")).toEqual([]);
    expect(servers.map(({ name }) => name).toSorted()).toEqual(specs.map(({ name }) => name).toSorted());
    expect(new Map(servers.map((server) => [server.attempt, server.nodeId]))).toEqual(
      new Map(specs.map((spec) => [spec.attempt, spec.nodeId])),
    );
    await provider.destroy("eu-west-1", doom(idsOf(launched)), signal());
    expect(countCalls(cloud).TerminateInstances).toBe(1);
    expect(cloud.calls.filter((call) => call.code === "RequestLimitExceeded")).toEqual([]);
  } finally {
    await cloud.close();
  }
}, 60_000);
