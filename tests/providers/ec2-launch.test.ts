import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ProviderError } from "#lib/providers/provider.ts";
import { imagesOf } from "../emulators/ec2/catalogue.ts";
import type { Ec2Emulator } from "../emulators/ec2/emulator.ts";
import { regionsOf } from "../emulators/ec2/inspect.ts";
import {
  countCalls,
  errorsOf,
  freshProvider,
  idsOf,
  living,
  prepared,
  signal,
  specsFor,
  startCloud,
} from "./ec2-bench.ts";

let cloud: Ec2Emulator;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.close());

const thrown = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error as ProviderError,
  );

function showAll() {
  for (const instance of living(cloud)) instance.visibleAt = 0;
}

describe("ec2 pitfall 1: one token for each launch attempt", () => {
  test("a launch whose answer is lost is repeated under its token, also when a sibling is no longer wanted", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    const specs = specsFor(environment, 5);
    cloud.behaviour.consistencyLagMs = 60_000;
    cloud.faults.inject("RunInstances", { effect: true, answer: "drop" }, 4);
    expect(await thrown(provider.launch(environment, specs, signal()))).toMatchObject({
      code: "unreachable",
      retryable: true,
    });
    const repeat = provider.launch(environment, specs.slice(1), signal());
    setTimeout(showAll, 600);
    expect(errorsOf(await repeat)).toEqual([]);
    expect(living(cloud)).toHaveLength(5);
  });

  test("processes that make it at once make the same servers", async () => {
    const environment = await prepared(freshProvider());
    const specs = specsFor(environment, 3);
    cloud.behaviour.consistencyLagMs = 700;
    const [first, again] = await Promise.all([1, 2].map(() => freshProvider().launch(environment, specs, signal())));
    expect(idsOf(again!)).toEqual(idsOf(first!));
    expect(living(cloud)).toHaveLength(3);
  });

  test("a repeat with changed parameters is settled by the token, once the servers show", async () => {
    const environment = await prepared(freshProvider());
    const specs = specsFor(environment, 2);
    cloud.behaviour.consistencyLagMs = 60_000;
    cloud.faults.inject("RunInstances", { effect: true, answer: "drop" }, 4);
    await thrown(freshProvider().launch(environment, specs, signal()));
    const changed = freshProvider({ disk_gib: 40 });
    expect(await thrown(changed.launch(environment, specs, signal()))).toMatchObject({
      code: "conflict",
      retryable: true,
    });
    expect(cloud.calls.some((call) => call.code === "IdempotentParameterMismatch")).toBe(true);
    showAll();
    expect(errorsOf(await changed.launch(environment, specs, signal()))).toEqual([]);
    expect(living(cloud)).toHaveLength(2);
  });

  test("an attempt whose server was terminated will never make one, and another attempt may", async () => {
    const environment = await prepared(freshProvider());
    const specs = specsFor(environment, 2);
    await freshProvider().launch(environment, specs, signal());
    for (const instance of living(cloud))
      Object.assign(instance, { state: "terminated", next: null, visibleAt: Date.now() + 60_000 });
    expect(await thrown(freshProvider().launch(environment, specs, signal()))).toMatchObject({ code: "conflict" });
    expect(cloud.calls.some((call) => call.code === "IdempotentInstanceTerminated")).toBe(true);
    for (const region of regionsOf(cloud)) for (const one of region.instances.values()) one.visibleAt = 0;
    const launched = await freshProvider().launch(environment, specs, signal());
    expect(errorsOf(launched)).toMatchObject([
      { code: "conflict", retryable: true },
      { code: "conflict", retryable: true },
    ]);
    expect(living(cloud)).toEqual([]);
  });
});

test("ec2 pitfall 2: servers that do not show yet are neither launched again nor taken for gone", async () => {
  const provider = freshProvider();
  const environment = await prepared(provider);
  const specs = specsFor(environment, 2);
  cloud.behaviour.consistencyLagMs = 600;
  const first = await provider.launch(environment, specs, signal());
  for (const instance of living(cloud)) instance.visibleAt = Date.now() + 60_000;
  expect(await provider.list("eu-west-1", environment.owner, signal())).toEqual([]);
  expect(await provider.launch(environment, specs, signal())).toEqual(first);
  expect(await provider.launch(environment, specs.slice(1), signal())).toEqual(first.slice(1));
  expect(living(cloud)).toHaveLength(2);
  const doomed = idsOf(first).map((id) => ({ id, newName: "gone" }));
  expect(await thrown(provider.destroy("eu-west-1", doomed, signal()))).toMatchObject({
    code: "conflict",
    retryable: true,
  });
  showAll();
  const transitions = await provider.destroy("eu-west-1", doomed, signal());
  expect(transitions.map(({ current }) => current)).toEqual(["shutting-down", "shutting-down"]);
});

test("ec2 pitfall 3: instance, volume and interface carry the owner from their first moment", async () => {
  const provider = freshProvider();
  const environment = await prepared(provider);
  cloud.faults.inject("CreateTags", { effect: false, answer: "error" }, 100);
  await thrown(provider.launch(environment, specsFor(environment, 2), signal()));
  const region = regionsOf(cloud).find((one) => one.info.name === "eu-west-1")!;
  const made = [...region.instances.values(), ...region.volumes.values(), ...region.interfaces.values()];
  expect(made).toHaveLength(6);
  for (const one of made) {
    expect(one.tags.get("cloudhero:installation")).toBe(environment.owner.installationId);
    expect(one.tags.get("cloudhero:provider")).toBe(environment.owner.providerId);
    expect(one.tags.get("cloudhero:environment")).toBe(environment.id);
  }
  const attempts = (await provider.list("eu-west-1", environment.owner, signal())).map(({ attempt }) => attempt);
  expect(attempts.every((attempt) => /^[0-9a-f]{32}$/.test(attempt))).toBe(true);
});

describe("ec2 pitfall 5: no room", () => {
  test("in one zone: the others take the rest", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    cloud.behaviour.unsupported.add("eu-west-1a/t3.small");
    cloud.behaviour.capacity.set("eu-west-1b", 3);
    const launched = await provider.launch(environment, specsFor(environment, 8), signal());
    expect(errorsOf(launched)).toEqual([]);
    const zones = living(cloud).map((instance) => instance.subnet.zone);
    expect(zones.filter((zone) => zone === "eu-west-1b")).toHaveLength(3);
    expect(zones.filter((zone) => zone === "eu-west-1c")).toHaveLength(5);
    const listed = await provider.list("eu-west-1", environment.owner, signal());
    expect(new Set(listed.map(({ attempt }) => attempt)).size).toBe(8);
  });

  test("found out only by the launch: the zone is left out from then on", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    cloud.behaviour.capacity.set("eu-west-1a", 0);
    await provider.launch(environment, specsFor(environment, 1), signal());
    const before = cloud.calls.length;
    expect(errorsOf(await provider.launch(environment, specsFor(environment, 1), signal()))).toEqual([]);
    expect(countCalls(cloud, before).RunInstances).toBe(1);
  });

  test("in any zone: each attempt ends, retryable, and says which size is short where", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    cloud.behaviour.capacity.set("t3.small", 2);
    const launched = await provider.launch(environment, specsFor(environment, 3), signal());
    expect(errorsOf(launched)).toMatchObject([{ code: "capacity", retryable: true }]);
    expect(errorsOf(launched)[0]!.message).toMatch(/no t3\.small left in eu-west-1a, eu-west-1b, eu-west-1c/);
    expect(living(cloud)).toHaveLength(2);
  });

  test("a quota is named with its value, and nothing is tried again", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    cloud.behaviour.vcpuQuota = 1;
    const before = cloud.calls.length;
    const errors = errorsOf(await provider.launch(environment, specsFor(environment, 2), signal()));
    expect(errors).toMatchObject([{ code: "quota", retryable: false }, { code: "quota" }]);
    expect(errors[0]!.message).toMatch(/Running On-Demand Standard .*L-1216C47A.* is 1 vCPUs/);
    expect(countCalls(cloud, before).RunInstances).toBe(1);
  });
});

describe("ec2 pitfall 6: the image is of the region and the architecture", () => {
  const nameOf = (id: string, region: string) => imagesOf(region).find((image) => image.ImageId === id)?.Name;

  test.each([
    ["eu-west-1", "t4g.small", undefined, /^debian-12-arm64-20260901/],
    ["us-west-2", "t3.small", undefined, /^debian-12-amd64-20260901/],
    ["us-west-2", "m6g.large", "ubuntu-24.04" as const, /noble-24\.04-arm64/],
  ])("%s, %s, %s", async (region, size, image, expected) => {
    const provider = freshProvider({ image });
    const environment = await prepared(provider, region);
    expect(errorsOf(await provider.launch(environment, specsFor(environment, 1, size), signal()))).toEqual([]);
    const [instance] = living(cloud);
    expect(nameOf(instance!.imageId, region)).toMatch(expected);
    expect(regionsOf(cloud).flatMap((one) => [...one.volumes.values()])).toMatchObject([
      { sizeGib: 20, encrypted: true, type: "gp3" },
    ]);
  });

  test("also where one launch has both architectures, and one account several regions", async () => {
    const provider = freshProvider();
    for (const region of ["eu-west-1", "us-west-2"]) {
      const environment = await prepared(provider, region);
      const specs = [...specsFor(environment, 1), ...specsFor(environment, 1, "t4g.small")];
      expect(errorsOf(await provider.launch(environment, specs, signal()))).toEqual([]);
      const images = regionsOf(cloud)
        .find((one) => one.info.name === region)!
        .instances.values();
      const names = [...images].map((instance) => nameOf(instance.imageId, region)?.slice(0, 15));
      expect(names.toSorted()).toEqual(["debian-12-amd64", "debian-12-arm64"]);
    }
  });

  test("the publisher's newest image is found where the key may not read parameters", async () => {
    cloud.behaviour.denied.add("ssm:GetParameter");
    const provider = freshProvider();
    const environment = await prepared(provider);
    await provider.launch(environment, specsFor(environment, 1), signal());
    expect(nameOf(living(cloud)[0]!.imageId, "eu-west-1")).toMatch(/^debian-12-amd64-20260901/);
  });
});

describe("ec2 pitfall 12: what a server is launched with", () => {
  test("IMDSv2 alone with one hop, and a root volume that goes with it", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    await provider.launch(environment, specsFor(environment, 1), signal());
    expect(living(cloud)[0]).toMatchObject({ metadata: { httpTokens: "required", hopLimit: 1 }, deleteVolume: true });
  });

  test("a hundred host keys and long names fit into 16 KB of user data, or are parted into calls that do", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    const specs = specsFor(environment, 100).map((spec, index) => ({ ...spec, nodeName: `${"n".repeat(60)}${index}` }));
    const before = cloud.calls.length;
    expect(errorsOf(await provider.launch(environment, specs, signal()))).toEqual([]);
    expect(living(cloud)).toHaveLength(100);
    expect(living(cloud).every((one) => one.userData.length <= 16_384)).toBe(true);
    expect(countCalls(cloud, before).RunInstances).toBe(2);
  });
});
