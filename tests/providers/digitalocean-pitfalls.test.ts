import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { digitalOceanProvider } from "#lib/providers/digitalocean/digitalocean.ts";
import type { EnvironmentSpec, Launched, Provider, ServerSpec } from "#lib/providers/provider.ts";
import { settle } from "../emulators/digitalocean/droplets.ts";
import {
  type DigitalOceanEmulator,
  EMULATED_TOKEN,
  startDigitalOceanEmulator,
} from "../emulators/digitalocean/emulator.ts";
import { fingerprintOf } from "../emulators/digitalocean/networks.ts";
import { nextId } from "../emulators/digitalocean/world.ts";
import { allIn, eventually, keyPair, newEnvironment, newOwner, newServer } from "./fixtures.ts";

const signal = () => AbortSignal.timeout(60_000);
const quietly = () => {};
const key = keyPair();
const hostKey = keyPair();
let cloud: DigitalOceanEmulator;
let made = 0;

beforeEach(async () => {
  cloud = await startDigitalOceanEmulator({ bootMs: 0, actionMs: 0, addressLagMs: 0, consistencyLagMs: 0 });
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = cloud.url;
});
afterEach(() => cloud.close());

/** A provider that remembers nothing of what others did, as in a process of its own. */
function freshProvider(): Provider {
  made += 1;
  const access_token = `${EMULATED_TOKEN}${made}`;
  cloud.state.tokens.add(access_token);
  return digitalOceanProvider({ access_token });
}

async function prepared(provider: Provider, owner = newOwner()): Promise<EnvironmentSpec> {
  const environment = newEnvironment("ams3", owner, key);
  await provider.prepare(environment, quietly, signal());
  return environment;
}

const specsFor = (environment: EnvironmentSpec, count: number, size = "s-1vcpu-1gb"): ServerSpec[] =>
  Array.from({ length: count }, (_, index) => newServer(environment, `node-${index}`, size, hostKey));
const idsOf = (launched: Launched[]) => launched.map((one) => ("id" in one ? one.id : "none"));
const errorsOf = (launched: Launched[]) => launched.flatMap((one) => ("error" in one ? [one.error] : []));
const thrown = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );
const callsTo = (call: string) => cloud.calls.filter((one) => one.call === call).length;

async function running(count: number) {
  const provider = freshProvider();
  const environment = await prepared(provider);
  const ids = idsOf(await provider.launch(environment, specsFor(environment, count), signal()));
  await allIn(provider, environment, "running", count);
  return { provider, environment, ids };
}

describe("digitalocean pitfall 1: there is no creation token", () => {
  test("a creation whose answer is lost is looked for, and not made again while it may yet show", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    const specs = specsFor(environment, 3);
    cloud.behaviour.consistencyLagMs = 1_000;
    cloud.faults.inject("POST /v2/droplets", { effect: true, answer: "drop" });
    expect(await thrown(provider.launch(environment, specs, signal()))).toMatchObject({ code: "unreachable" });
    expect(await thrown(provider.launch(environment, specs, signal()))).toMatchObject({
      code: "conflict",
      retryable: true,
    });
    const launched = await eventually(
      () => provider.launch(environment, specs, signal()).catch(() => []),
      (all) => all.length > 0,
    );
    expect(errorsOf(launched)).toEqual([]);
    expect(cloud.state.droplets.size).toBe(3);
  });

  test("another process finds the droplets of an attempt by their tag, whatever their names", async () => {
    const { environment } = await running(1);
    const specs = specsFor(environment, 2);
    const first = await freshProvider().launch(environment, specs, signal());
    expect(await freshProvider().launch(environment, specs, signal())).toEqual(first);
    expect(cloud.state.droplets.size).toBe(3);
  });

  test("two launches of an environment at once make its droplets once", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    const specs = specsFor(environment, 4);
    cloud.behaviour.consistencyLagMs = 60_000;
    const launches = [provider, provider, provider].map((one) => one.launch(environment, specs, signal()));
    const [first, ...others] = await Promise.all(launches);
    for (const other of others) expect(other).toEqual(first);
    expect(cloud.state.droplets.size).toBe(4);
  });
});

describe("digitalocean pitfall 2: rate limits", () => {
  test("once the answer says that none are left, no call is made until the time it names", async () => {
    const provider = freshProvider();
    cloud.behaviour.perMinute = 4;
    await provider.verify(signal());
    const before = cloud.calls.length;
    expect(await thrown(provider.verify(signal()))).toMatchObject({ code: "throttled", retryable: true });
    expect(cloud.calls.length).toBe(before);
  });

  test("a refusal's Retry-After is passed on, and kept to", async () => {
    cloud.behaviour.perMinute = 0;
    const provider = freshProvider();
    const error = (await thrown(provider.verify(signal()))) as { code: string; retryAfterMs: number };
    expect(error.code).toBe("throttled");
    expect(error.retryAfterMs).toBeGreaterThan(30_000);
    expect(await thrown(provider.metadata(signal()))).toMatchObject({ code: "throttled" });
    expect(cloud.calls).toHaveLength(1);
  });
});

test("digitalocean pitfall 3: an environment larger than a page is listed whole", async () => {
  cloud.behaviour.pageLimit = 7;
  const { provider, environment } = await running(25);
  expect(await provider.list("ams3", environment.owner, signal())).toHaveLength(25);
});

test("digitalocean pitfall 4: the droplet limit is a quota, named, and ends the attempts", async () => {
  cloud.behaviour.dropletLimit = 1;
  const provider = freshProvider();
  const environment = await prepared(provider);
  const errors = errorsOf(await provider.launch(environment, specsFor(environment, 2), signal()));
  expect(errors).toMatchObject([{ code: "quota", retryable: false }, { code: "quota" }]);
  expect(errors[0]!.message).toMatch(/Droplet limit/);
});

test("digitalocean pitfall 5: a size that is gone from a region is capacity, and only its attempts end", async () => {
  const provider = freshProvider();
  const environment = await prepared(provider);
  cloud.behaviour.soldOut.add("c-2");
  const specs = [...specsFor(environment, 1, "c-2"), newServer(environment, "other", "s-1vcpu-1gb", hostKey)];
  const [gone, other] = await provider.launch(environment, specs, signal());
  expect(gone).toMatchObject({ error: { code: "capacity", retryable: true } });
  expect(other).toHaveProperty("id");
});

test("digitalocean pitfall 6: calls make ten at most, and an accepted droplet is pending", async () => {
  cloud.behaviour.bootMs = 60_000;
  const provider = freshProvider();
  const environment = await prepared(provider);
  await provider.launch(environment, specsFor(environment, 25), signal());
  expect(callsTo("POST /v2/droplets")).toBe(3);
  const servers = await provider.list("ams3", environment.owner, signal());
  expect(new Set(servers.map(({ state }) => state))).toEqual(new Set(["pending"]));
  expect(new Set(servers.map(({ attempt }) => attempt)).size).toBe(25);
});

test("digitalocean pitfall 7: the names that a server is given are hostnames that DigitalOcean takes", async () => {
  const provider = freshProvider();
  const environment = await prepared(provider);
  const [spec] = specsFor(environment, 1);
  const odd = await provider.launch(environment, [{ ...spec!, name: "not_a_hostname" }], signal());
  expect(odd).toMatchObject([{ error: { code: "invalid", retryable: false } }]);
  expect(cloud.state.droplets.size).toBe(0);
});

describe("digitalocean pitfall 8: SSH keys", () => {
  test("one that the account has already is used, and stays; ours goes", async () => {
    const theirs = {
      id: nextId(cloud.state),
      name: "laptop",
      public_key: key.publicKey,
      fingerprint: fingerprintOf(key.publicKey),
    };
    cloud.state.keys.set(theirs.id, theirs);
    const { provider, environment, ids } = await running(1);
    expect([...cloud.state.droplets.values()][0]!.keyIds).toEqual([theirs.id]);
    await provider.destroy(
      "ams3",
      ids.map((id) => ({ id, newName: "gone" })),
      signal(),
    );
    await eventually(() => provider.release(environment, signal()), Boolean);
    expect([...cloud.state.keys.values()]).toEqual([theirs]);
  });

  test("no droplet is made without a key, so that none mails a password", async () => {
    const { environment } = await running(1);
    cloud.state.keys.clear();
    const launched = await freshProvider().launch(environment, specsFor(environment, 1), signal());
    expect(errorsOf(launched)).toHaveLength(1);
    expect(cloud.state.droplets.size).toBe(1);
  });
});

describe("digitalocean pitfall 9: tags", () => {
  test("are in letters that DigitalOcean takes, and read in any case", async () => {
    const { provider, environment } = await running(2);
    for (const droplet of cloud.state.droplets.values()) droplet.tags = droplet.tags.map((tag) => tag.toUpperCase());
    const servers = await provider.list("ams3", environment.owner, signal());
    expect(
      servers.every(({ environmentId, attempt }) => environmentId === environment.id && /^[0-9a-f]{32}$/.test(attempt)),
    ).toBe(true);
  });

  test("nothing is deleted by tag: a stranger's droplet with our tag outlives the environment, which waits for it", async () => {
    const { provider, environment, ids } = await running(2);
    const [, stranger] = [...cloud.state.droplets.values()];
    await provider.destroy("ams3", [{ id: ids[0]!, newName: "gone" }], signal());
    expect(await provider.release(environment, signal())).toBe(false);
    settle(cloud.state);
    expect([...cloud.state.droplets.values()]).toEqual([stranger]);
  });
});

test("digitalocean pitfall 10: an active droplet without a public address is still pending", async () => {
  cloud.behaviour.addressLagMs = 60_000;
  const provider = freshProvider();
  const environment = await prepared(provider);
  await provider.launch(environment, specsFor(environment, 1), signal());
  settle(cloud.state);
  expect([...cloud.state.droplets.values()][0]!.status).toBe("active");
  expect(await provider.list("ams3", environment.owner, signal())).toMatchObject([
    { state: "pending", publicIp: null },
  ]);
});

test("digitalocean pitfall 11: a droplet that ignores its shutdown has its power cut after a minute, not before", async () => {
  const { provider, environment, ids } = await running(1);
  cloud.behaviour.deaf.add(Number(ids[0]));
  expect(await provider.stop("ams3", ids, signal())).toMatchObject([{ previous: "running", current: "stopping" }]);
  await provider.stop("ams3", ids, signal());
  expect(cloud.state.actions.filter(({ type }) => type !== "create").map(({ type }) => type)).toEqual(["shutdown"]);
  for (const action of cloud.state.actions) action.startedAt -= 61_000;
  await provider.stop("ams3", ids, signal());
  await allIn(provider, environment, "stopped", 1);
  expect(cloud.state.actions.at(-1)!.type).toBe("power_off");
  expect(provider.traits.stoppedCost).toMatch(/billed/);
});

test("digitalocean pitfall 12: nothing is asked of a droplet that is at something else, and later calls get there", async () => {
  const { provider, environment, ids } = await running(1);
  cloud.behaviour.actionMs = 500;
  await provider.stop("ams3", ids, signal());
  expect(await provider.stop("ams3", ids, signal())).toMatchObject([{ current: "stopping" }]);
  expect(await provider.start("ams3", ids, signal())).toMatchObject([{ previous: "running", current: "stopping" }]);
  expect(await provider.destroy("ams3", [{ id: ids[0]!, newName: "gone" }], signal())).toMatchObject([
    { current: "running" },
  ]);
  expect(cloud.calls.filter(({ call }) => call.endsWith("/actions") && call.startsWith("POST"))).toHaveLength(1);
  await allIn(provider, environment, "stopped", 1);
  cloud.behaviour.actionMs = 0;
  await provider.start("ams3", ids, signal());
  await allIn(provider, environment, "running", 1);
  const theirs = { ...cloud.state.actions.at(-1)!, id: nextId(cloud.state), type: "rename" as const, applied: false };
  cloud.state.actions.push({ ...theirs, startedAt: Date.now() + 1, endsAt: Date.now() + 60_000 });
  expect(await provider.stop("ams3", ids, signal())).toMatchObject([{ previous: "running", current: "running" }]);
  cloud.state.actions.pop();
  cloud.behaviour.actionMs = 500;
  await provider.destroy("ams3", [{ id: ids[0]!, newName: "gone" }], signal());
  expect(await provider.list("ams3", environment.owner, signal())).toMatchObject([{ state: "shutting-down" }]);
  await eventually(
    () => provider.list("ams3", environment.owner, signal()),
    (servers) => servers.length === 0,
  );
});

test("a revoked token is never taken for absence", async () => {
  const { provider, environment, ids } = await running(1);
  cloud.state.tokens.clear();
  const doomed = [{ id: ids[0]!, newName: "gone" }];
  expect(await thrown(provider.destroy("ams3", doomed, signal()))).toMatchObject({ code: "unauthorized" });
  expect(await thrown(provider.stop("ams3", ids, signal()))).toMatchObject({ code: "unauthorized" });
  expect(await thrown(provider.list("ams3", environment.owner, signal()))).toMatchObject({ code: "unauthorized" });
});

test("pitfall 3 of both: a droplet that is gone counts as destroyed, also for a process that did not destroy it", async () => {
  const { ids } = await running(2);
  const doomed = ids.map((id) => ({ id, newName: "gone" }));
  await freshProvider().destroy("ams3", doomed, signal());
  const left = () => {
    settle(cloud.state);
    return cloud.state.droplets.size;
  };
  await expect.poll(left).toBe(0);
  const again = await freshProvider().destroy("ams3", doomed, signal());
  expect(again.map(({ current }) => current)).toEqual(["terminated", "terminated"]);
});
