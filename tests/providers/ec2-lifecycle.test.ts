import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Ec2Emulator } from "../emulators/ec2/emulator.ts";
import { regionsOf } from "../emulators/ec2/inspect.ts";
import {
  countCalls,
  doom,
  errorsOf,
  freshProvider,
  idsOf,
  living,
  prepared,
  signal,
  specsFor,
  startCloud,
} from "./ec2-bench.ts";
import { allIn, eventually } from "./fixtures.ts";

let cloud: Ec2Emulator;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.close());

async function running(count: number) {
  const provider = freshProvider();
  const environment = await prepared(provider);
  const specs = specsFor(environment, count);
  const ids = idsOf(await provider.launch(environment, specs, signal()));
  return { provider, environment, specs, ids };
}

describe("ec2 pitfall 9: throttling", () => {
  test("a poll is one call, whatever the number of servers and environments", async () => {
    const { provider, environment } = await running(30);
    const other = { ...environment, id: "0".repeat(24), name: "other" };
    await provider.prepare(other, () => {}, signal());
    await provider.launch(other, specsFor(other, 30), signal());
    const before = cloud.calls.length;
    expect(await provider.list("eu-west-1", environment.owner, signal())).toHaveLength(60);
    expect(countCalls(cloud, before)).toEqual({ DescribeInstances: 1 });
  });

  test("a throttled poll is tried again, then says so; a delete does not depend on one", async () => {
    const { provider, environment, ids } = await running(2);
    const region = regionsOf(cloud).find((one) => one.info.name === "eu-west-1")!;
    region.buckets.get("DescribeInstances")!.take(cloud.clock.now(), 95);
    const bursts = await Promise.allSettled(
      Array.from({ length: 30 }, () => provider.list("eu-west-1", environment.owner, signal())),
    );
    expect(cloud.calls.some((call) => call.code === "RequestLimitExceeded")).toBe(true);
    for (const burst of bursts) {
      if (burst.status === "rejected") expect(burst.reason).toMatchObject({ code: "throttled", retryable: true });
    }
    expect(bursts.filter((burst) => burst.status === "fulfilled").length).toBeGreaterThan(20);
    region.buckets
      .get("DescribeInstances")!
      .take(cloud.clock.now(), Math.floor(region.buckets.get("DescribeInstances")!.left(cloud.clock.now())));
    await provider.destroy("eu-west-1", doom(ids), signal());
    expect(living(cloud).every((one) => one.state === "shutting-down")).toBe(true);
  });
});

test("ec2 pitfall 10: a terminated server that lingers under its name is not listed, and the name makes another", async () => {
  const { provider, environment, specs, ids } = await running(1);
  await provider.destroy("eu-west-1", doom(ids), signal());
  await eventually(
    () => provider.list("eu-west-1", environment.owner, signal()),
    (servers) => servers.length === 0,
  );
  const lingering = regionsOf(cloud).flatMap((region) => [...region.instances.values()]);
  expect(lingering).toHaveLength(1);
  expect(lingering[0]!.tags.get("Name")).toMatch(/^gone-DEL[0-9a-f]{32}$/);
  const successor = { ...specs[0]!, nodeId: "1".repeat(24), attempt: "2".repeat(32) };
  expect(errorsOf(await provider.launch(environment, [successor], signal()))).toEqual([]);
  expect(await allIn(provider, environment, "running", 1)).toMatchObject([
    { name: specs[0]!.name, nodeId: "1".repeat(24) },
  ]);
});

describe("ec2 pitfall 11: stop and start", () => {
  test("the new public address is listed", async () => {
    const { provider, environment, ids } = await running(1);
    const [before] = await allIn(provider, environment, "running", 1);
    await provider.stop("eu-west-1", ids, signal());
    const [stopped] = await allIn(provider, environment, "stopped", 1);
    expect(stopped!.publicIp).toBeNull();
    await provider.start("eu-west-1", ids, signal());
    const [after] = await allIn(provider, environment, "running", 1);
    expect(after!.publicIp).toMatch(/^127\./);
    expect(after!.publicIp).not.toBe(before!.publicIp);
  });

  test("a start while one is stopping starts the others, and that one when it is called again", async () => {
    const { provider, environment, ids } = await running(3);
    await allIn(provider, environment, "running", 3);
    await provider.stop("eu-west-1", ids.slice(1), signal());
    await eventually(
      () => provider.list("eu-west-1", environment.owner, signal()),
      (servers) => servers.filter(({ state }) => state === "stopped").length === 2,
    );
    cloud.behaviour.stopMs = 800;
    await provider.stop("eu-west-1", ids.slice(0, 1), signal());
    const started = await provider.start("eu-west-1", ids, signal());
    expect(started.map(({ id }) => id)).toEqual(ids);
    expect(started.map(({ previous, current }) => `${previous} ${current}`)).toEqual([
      "stopping stopping",
      "stopped pending",
      "stopped pending",
    ]);
    await eventually(
      () => provider.start("eu-west-1", ids, signal()),
      (transitions) => transitions.every(({ current }) => current === "running"),
    );
  });

  test("a stop while one still boots stops the others", async () => {
    const { provider, environment, ids } = await running(1);
    await allIn(provider, environment, "running", 1);
    cloud.behaviour.bootMs = 60_000;
    const [booting] = idsOf(await provider.launch(environment, specsFor(environment, 1), signal()));
    const stopped = await provider.stop("eu-west-1", [...ids, booting!], signal());
    expect(stopped.map(({ current }) => current)).toEqual(["stopping", "pending"]);
  });
});

describe("ec2 pitfall 12: what else there is", () => {
  test("a region that is not enabled is not taken for a bad key", async () => {
    const provider = freshProvider();
    const refused = prepared(provider, "af-south-1");
    await expect(refused).rejects.toMatchObject({ code: "invalid", message: expect.stringMatching(/not enabled/) });
    cloud.behaviour.optedIn.add("af-south-1");
    expect((await prepared(provider, "af-south-1")).region).toBe("af-south-1");
  });

  test("a clock that is an hour off is corrected by AWS's own", async () => {
    cloud.clock.advance(3_600_000);
    expect((await freshProvider().verify(signal())).account).toBe("123456789012");
    expect(Object.keys((await freshProvider().metadata(signal())).locations)).toContain("eu-west-1");
  });

  test("a protected server is named and left, and the others are terminated", async () => {
    const { provider, ids } = await running(3);
    living(cloud).find((one) => one.id === ids[1])!.terminationProtected = true;
    await expect(provider.destroy("eu-west-1", doom(ids), signal())).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(new RegExp(`protection is on for ${ids[1]}`)),
    });
    expect(
      living(cloud)
        .filter((one) => one.state === "running")
        .map((one) => one.id),
    ).toEqual([ids[1]]);
  });

  test("a volume that outlived its server is removed with the environment", async () => {
    const { provider, environment, ids } = await running(1);
    living(cloud)[0]!.deleteVolume = false;
    await provider.destroy("eu-west-1", doom(ids), signal());
    await eventually(() => provider.release(environment, signal()), Boolean);
    expect(regionsOf(cloud).flatMap((region) => [...region.volumes.values()])).toEqual([]);
  });

  test("an id that never was one of ours counts as destroyed, and does not keep the others", async () => {
    const { provider, ids } = await running(2);
    const all = [ids[0]!, "i-0123456789abcdef0", "not-an-id", ids[1]!];
    const transitions = await provider.destroy("eu-west-1", doom(all), signal());
    expect(transitions.map(({ current }) => current)).toEqual([
      "shutting-down",
      "terminated",
      "terminated",
      "shutting-down",
    ]);
  });
});
