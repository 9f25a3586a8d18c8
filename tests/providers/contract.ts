import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId, randomHex } from "#lib/ids.ts";
import {
  type EnvironmentSpec,
  type Owner,
  type Provider,
  ProviderError,
  type ServerSpec,
} from "#lib/providers/provider.ts";
import { allIn, eventually, keyPair, listed, newEnvironment, newOwner, newServer, soon } from "./fixtures.ts";
import { onceBooted, shownKey } from "./ssh.ts";

export type Subject = {
  provider: Provider;
  /** Credentials or a host that the cloud refuses, and the code it must be refused with. */
  refused: { provider: Provider; code: ProviderError["code"] }[];
  region: string;
  size: string;
  /** False where servers are only pretended. */
  boots: boolean;
  /** Whatever the cloud holds that carries the owner's tags. */
  leftovers(owner: Owner): Promise<string[]>;
  /** Takes all tags off a server behind our back; answers what puts them back. Absent: the cloud has no such thing. */
  strip?(id: string): () => void;
  close?(): Promise<void>;
};

const TIMEOUT_MS = 300_000;

/** What every provider promises; servers are made, and removed again also where a test fails. */
export function providerContract(name: string, setup: () => Promise<Subject>): void {
  describe(`${name} keeps the contract`, { timeout: TIMEOUT_MS }, () => {
    const key = keyPair();
    const owner = newOwner();
    let subject: Subject;
    let provider: Provider;
    let environment: EnvironmentSpec;
    let specs: ServerSpec[];

    beforeAll(async () => {
      subject = await setup();
      provider = subject.provider;
      environment = newEnvironment(subject.region, owner, key);
      specs = ["one", "two"].map((node) => newServer(environment, node, subject.size));
    }, TIMEOUT_MS);

    afterAll(async () => {
      const servers = await listed(provider, environment);
      await destroyAll(servers.map(({ id }) => id));
      await released();
      await subject.close?.();
    }, TIMEOUT_MS);

    const destroyAll = (ids: string[]) =>
      provider.destroy(
        subject.region,
        ids.map((id) => ({ id, newName: `gone-DEL${randomHex(128)}` })),
        soon(),
      );
    const released = () => eventually(() => provider.release(environment, soon()), Boolean, TIMEOUT_MS);
    const ids = async () => (await listed(provider, environment)).map(({ id }) => id).sort();

    test("good credentials say whose they are", async () => {
      const identity = await provider.verify(soon());
      expect(identity.account).not.toBe("");
      expect(identity.description).not.toBe("");
    });

    test("pitfall 3 of both: bad credentials are refused with a reason, and never look like nothing there", async () => {
      expect(subject.refused.length).toBeGreaterThan(0);
      for (const { provider: bad, code } of subject.refused) {
        const error = await bad.verify(soon()).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ProviderError);
        expect(error).toMatchObject({ code, message: expect.stringMatching(/./) });
        await expect(bad.list(subject.region, environment.owner, soon())).rejects.toMatchObject({ code });
        const known = [{ id: "1", environmentId: environment.id }];
        await expect(bad.find(subject.region, environment.owner, known, soon())).rejects.toMatchObject({ code });
        await expect(bad.destroy(subject.region, [{ id: "1", newName: "x" }], soon())).rejects.toMatchObject({
          code,
        });
      }
    });

    test("metadata has the region and the size, in the reference's words", async () => {
      const { locations, sizes } = await provider.metadata(soon());
      expect(locations[subject.region]).toMatchObject({ name: expect.any(String), available: true });
      const size = Object.values(sizes).find((family) => family[subject.size])?.[subject.size];
      expect(size).toMatchObject({ id: subject.size, cores: expect.stringMatching(/^\d/), disk: expect.any(String) });
      expect(size?.ram).toMatch(/^[\d.]+ [KMGT]iB$/);
    });

    test("prepare may be repeated", async () => {
      await provider.prepare(environment, () => {}, AbortSignal.timeout(TIMEOUT_MS));
      await provider.prepare(environment, () => {}, AbortSignal.timeout(TIMEOUT_MS));
      expect(await listed(provider, environment)).toEqual([]);
    });

    test("an attempt launched twice, also at once, is one server", async () => {
      const [first, again] = await Promise.all([
        provider.launch(environment, specs, soon()),
        provider.launch(environment, specs, soon()),
      ]);
      const later = await provider.launch(environment, specs, soon());
      expect(first.map(({ attempt }) => attempt)).toEqual(specs.map(({ attempt }) => attempt));
      expect(first.filter((launched) => "error" in launched)).toEqual([]);
      expect(again).toEqual(first);
      expect(later).toEqual(first);
      const servers = await allIn(provider, environment, "running", specs.length);
      expect(servers.map(({ id }) => id).sort()).toEqual(
        first.map((launched) => ("id" in launched ? launched.id : "")).sort(),
      );
    });

    test("a listing says of each server which attempt of which node it is", async () => {
      const servers = await listed(provider, environment);
      for (const spec of specs) {
        expect(servers.find((server) => server.attempt === spec.attempt)).toMatchObject({
          name: spec.name,
          nodeId: spec.nodeId,
          environmentId: environment.id,
          size: spec.size,
          state: "running",
          privateIp: expect.stringMatching(/^\d+\./),
        });
      }
    });

    const find = (ids: string[]) =>
      provider.find(
        subject.region,
        owner,
        ids.map((id) => ({ id, environmentId: environment.id })),
        soon(),
      );

    test("servers are found by their ids, as a listing shows them; what is not there is not", async () => {
      const servers = await listed(provider, environment);
      const absent = Array.from({ length: 5 }, (_, index) => `00000000000${index}`);
      for (const others of [absent.slice(0, 1), absent]) {
        const found = await find([...others, ...servers.map(({ id }) => id)]);
        expect(found.toSorted(byId)).toEqual(servers.toSorted(byId).map((server) => ({ ...server, lacks: [] })));
      }
      expect(await find(absent.slice(0, 1))).toEqual([]);
      expect(await find(absent)).toEqual([]);
    });

    const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);

    test("a server whose tags were taken off is found by its id, with what to put back", async (context) => {
      if (!subject.strip) return context.skip("a server of this cloud cannot lose its tags");
      const [server, other] = await listed(provider, environment);
      const putBack = subject.strip(server!.id);
      expect(await ids()).toEqual([other!.id]);
      const [found] = await find([server!.id]);
      expect(found).toMatchObject({ id: server!.id, state: "running", publicIp: server!.publicIp });
      for (const mark of [owner.installationId, owner.providerId, environment.id])
        expect(found!.lacks).toContainEqual(expect.stringContaining(mark));
      putBack();
      expect(await find([server!.id])).toEqual([{ ...server, lacks: [] }]);
    });

    test("an unknown size ends its attempt, and only that", async () => {
      const odd = newServer(environment, "odd", "no-such-size");
      const [refused, known] = await provider.launch(environment, [odd, specs[0]!], soon());
      expect(refused).toMatchObject({ attempt: odd.attempt, error: { name: "ProviderError", retryable: false } });
      expect(known).toHaveProperty("id");
      expect(await ids()).toHaveLength(specs.length);
    });

    test("SSH shows the host key that was given, and lets the environment's key in as cloudhero", async (context) => {
      if (!subject.boots) context.skip("these servers do not boot");
      await loggedIn();
    });

    /** Each server answers at the endpoint that the listing says now, and is who we made it. */
    async function loggedIn() {
      const servers = await allIn(provider, environment, "running", specs.length);
      for (const spec of specs) {
        const server = servers.find(({ attempt }) => attempt === spec.attempt)!;
        const endpoint = server.endpoints["22"] ?? { host: server.publicIp!, port: 22 };
        const command = "sudo -n id -u && hostname";
        const { output, hostKey } = await onceBooted(endpoint, key, command, provider.traits.bootTimeoutMs);
        expect(hostKey).toBe(shownKey(spec.hostKey));
        expect(output).toBe(`0\n${spec.nodeName}`);
      }
    }

    test("another owner sees none of it", async () => {
      const strangers = [
        { ...owner, providerId: newId() },
        { ...owner, installationId: newId() },
      ];
      for (const stranger of strangers) expect(await provider.list(subject.region, stranger, soon())).toEqual([]);
    });

    test("a region that is not the provider's is invalid", async () => {
      await expect(provider.list("no-such-region", owner, soon())).rejects.toMatchObject({ code: "invalid" });
    });

    test("stop stops, twice is harmless, and start brings the same servers back", async () => {
      const before = await ids();
      const [transition] = await provider.stop(subject.region, before, soon());
      expect(transition).toMatchObject({ id: before[0], previous: "running" });
      await allIn(provider, environment, "stopped", specs.length);
      await provider.stop(subject.region, before, soon());
      await allIn(provider, environment, "stopped", specs.length);
      const started = await provider.start(subject.region, before, soon());
      expect(started.map(({ previous }) => previous)).toEqual(["stopped", "stopped"]);
      await allIn(provider, environment, "running", specs.length);
      expect(await ids()).toEqual(before);
      if (subject.boots) await loggedIn();
    });

    test("what there is of an environment is found by its owner's mark, and by no other owner", async () => {
      const found = await remnants();
      expect(
        found
          .filter(({ kind }) => kind === "server")
          .map(({ id }) => id)
          .sort(),
      ).toEqual(await ids());
      expect(found.filter(({ environmentId }) => environmentId !== environment.id)).toEqual([]);
      expect(found.length).toBeGreaterThan(specs.length);
      for (const stranger of [
        { ...owner, providerId: newId() },
        { ...owner, installationId: newId() },
      ])
        expect((await provider.remnants([subject.region], stranger, soon())).found).toEqual([]);
    });

    const remnants = async () => (await provider.remnants([subject.region], owner, soon())).found;

    test("release waits for the servers", async () => {
      expect(await provider.release(environment, soon())).toBe(false);
      expect(await ids()).toHaveLength(specs.length);
    });

    test("pitfall 3 of both: destroyed is gone, twice is harmless, and the name is free at once", async () => {
      const before = await listed(provider, environment);
      const doomed = before.find(({ attempt }) => attempt === specs[0]!.attempt)!;
      const [transition] = await destroyAll([doomed.id]);
      expect(transition?.id).toBe(doomed.id);
      const successor = { ...specs[0]!, nodeId: newId(), attempt: randomHex(128) };
      const [launched] = await provider.launch(environment, [successor], soon());
      expect(launched).toHaveProperty("id");
      expect(launched).not.toHaveProperty("id", doomed.id);
      await destroyAll([doomed.id]);
      await eventually(
        () => find([doomed.id]),
        (found) => found.length === 0,
      );
      const servers = await allIn(provider, environment, "running", 2);
      expect(servers.find(({ attempt }) => attempt === successor.attempt)?.name).toBe(successor.name);
    });

    test("release leaves nothing that carries the owner's tags", async () => {
      await destroyAll(await ids());
      await eventually(
        () => listed(provider, environment),
        (servers) => servers.length === 0,
      );
      await released();
      expect(await subject.leftovers(owner)).toEqual([]);
      expect(await remnants()).toEqual([]);
      expect(await provider.release(environment, soon())).toBe(true);
    });

    test("what an environment left behind is removed piece by piece, until nothing is there", async () => {
      const left = { ...newEnvironment(subject.region, owner, key), ingress: [{ port: 80, cidr: "0.0.0.0/0" }] };
      await provider.prepare(left, () => {}, AbortSignal.timeout(TIMEOUT_MS));
      await provider.launch(left, [newServer(left, "left", subject.size)], soon());
      await eventually(remnants, (found) => found.some(({ kind }) => kind === "server"));
      await eventually(
        async () => {
          await provider.removeRemnants(await remnants(), soon());
          return remnants();
        },
        (found) => found.length === 0,
      );
      expect(await subject.leftovers(owner)).toEqual([]);
    });
  });
}
