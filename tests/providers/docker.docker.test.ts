import Docker from "dockerode";
import { afterAll, describe, expect, test, vi } from "vitest";
import { newId, randomHex } from "#lib/ids.ts";
import { dockerProvider } from "#lib/providers/docker/docker.ts";
import { nodeImage } from "#lib/providers/docker/image.ts";
import { INSTALLATION, PROVIDER } from "#lib/providers/docker/labels.ts";
import type { EnvironmentSpec, Owner } from "#lib/providers/provider.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { providerContract } from "./contract.ts";
import { allIn, keyPair, listed, newEnvironment, newOwner, newServer, soon } from "./fixtures.ts";
import { onceBooted, overSsh } from "./ssh.ts";
import { newAuthority, serveTls, toSocket } from "./tls-engine.ts";

const host = process.env.CLOUDHERO_DOCKER_HOST || "unix:///var/run/docker.sock";
const engine = new Docker({ socketPath: host.replace("unix://", "") });
const provider = dockerProvider({ host, origin: "ours" });

/** Names of whatever the engine holds for the owner. */
async function leftovers(owner: Owner): Promise<string[]> {
  const filters = { label: [`${INSTALLATION}=${owner.installationId}`, `${PROVIDER}=${owner.providerId}`] };
  const [containers, { Volumes }, networks] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listVolumes({ filters }),
    engine.listNetworks({ filters }),
  ]);
  return [...containers.flatMap(({ Names }) => Names), ...Volumes, ...networks].map((found) =>
    typeof found === "string" ? found : found.Name,
  );
}

describe.runIf(dockerAvailable && host.startsWith("unix://"))("docker", { timeout: 300_000 }, () => {
  const made: EnvironmentSpec[] = [];
  const key = keyPair();

  function environmentOf(owner = newOwner()): EnvironmentSpec {
    const environment = newEnvironment("local", owner, key);
    made.push(environment);
    return environment;
  }

  async function clear(environment: EnvironmentSpec) {
    const servers = await listed(provider, environment);
    const doomed = servers.map(({ id }) => ({ id, newName: `gone-DEL${randomHex(128)}` }));
    await provider.destroy("local", doomed, soon());
    return provider.release(environment, soon());
  }

  afterAll(async () => {
    for (const environment of made) await clear(environment);
  }, 120_000);

  providerContract("docker", async () => ({
    provider,
    refused: [
      { provider: dockerProvider({ host: "unix:///nowhere/docker.sock", origin: "ours" }), code: "unreachable" },
      { provider: dockerProvider({ host, origin: "tenant" }), code: "invalid" },
    ],
    region: "local",
    size: "small",
    boots: true,
    leftovers,
  }));

  test("a launch that was cut short after its container was made is finished by its repeat", async () => {
    const environment = environmentOf();
    await provider.prepare(environment, () => {}, soon());
    const spec = newServer(environment, "half", "small");
    const [whole] = await provider.launch(environment, [spec], soon());
    const id = "id" in whole! ? whole.id : "";
    const options = await engine.getContainer(id).inspect();
    await engine.getContainer(id).remove({ force: true });
    const half = await engine.createContainer({
      name: spec.name,
      ...options.Config,
      HostConfig: options.HostConfig,
      NetworkingConfig: { EndpointsConfig: { [environment.name]: { Aliases: [spec.nodeName] } } },
    });
    expect(await listed(provider, environment)).toMatchObject([{ id: half.id, state: "pending" }]);
    expect(await provider.start("local", [half.id], soon())).toMatchObject([{ current: "pending" }]);
    expect(await provider.launch(environment, [spec], soon())).toEqual([{ attempt: spec.attempt, id: half.id }]);
    const [server] = await allIn(provider, environment, "running", 1);
    const { output } = await onceBooted(server!.endpoints["22"]!, key, "sudo -n id -u", provider.traits.bootTimeoutMs);
    expect(output).toBe("0");
    expect(await clear(environment)).toBe(true);
    expect(await leftovers(environment.owner)).toEqual([]);
  });

  test("an attempt whose name another attempt holds ends as a conflict and leaves nothing", async () => {
    const environment = environmentOf();
    await provider.prepare(environment, () => {}, soon());
    const holder = newServer(environment, "same", "small");
    const rival = { ...holder, nodeId: newId(), attempt: randomHex(128) };
    const [held] = await provider.launch(environment, [holder], soon());
    const [refused] = await provider.launch(environment, [rival], soon());
    expect(refused).toMatchObject({ attempt: rival.attempt, error: { code: "conflict" } });
    expect(await listed(provider, environment)).toMatchObject([{ attempt: holder.attempt, state: "running" }]);
    expect(held).toHaveProperty("id");
    expect((await leftovers(environment.owner)).filter((name) => name.includes(rival.attempt.slice(0, 12)))).toEqual(
      [],
    );
  });

  test("preparing from many places at once makes one network, and each of them succeeds", async () => {
    const environment = environmentOf();
    const others = Array.from({ length: 8 }, () => dockerProvider({ host, origin: "ours" }));
    await Promise.all(others.map((other) => other.prepare(environment, () => {}, soon())));
    expect(await leftovers(environment.owner)).toEqual([environment.name]);
  });

  test("a network of somebody else's with the same name is left alone, and ours has another", async () => {
    const [theirs, ours] = [environmentOf(), environmentOf()];
    ours.name = theirs.name;
    await provider.prepare(theirs, () => {}, soon());
    await provider.prepare(ours, () => {}, soon());
    const [name] = await leftovers(ours.owner);
    expect(name).toMatch(new RegExp(`^${theirs.name}-.+`));
    await clear(ours);
    expect(await leftovers(theirs.owner)).toEqual([theirs.name]);
  });

  test("nodes find each other by name, and no key is in what the engine shows of a container", async () => {
    const environment = environmentOf();
    await provider.prepare(environment, () => {}, soon());
    const specs = ["web", "db"].map((node) => newServer(environment, node, "small"));
    const [web] = await provider.launch(environment, specs, soon());
    const servers = await allIn(provider, environment, "running", 2);
    const server = servers.find(({ attempt }) => attempt === specs[0]!.attempt)!;
    const ping = "ping -c 1 -W 2 db >/dev/null && systemctl is-system-running --wait";
    const { output } = await onceBooted(server.endpoints["22"]!, key, ping, provider.traits.bootTimeoutMs);
    expect(output).toBe("running");
    expect(Object.keys(server.endpoints).sort()).toEqual(["22", "4000", "80"]);
    const shown = JSON.stringify(await engine.getContainer("id" in web! ? web.id : "").inspect());
    expect(shown).not.toContain("PRIVATE KEY");
    expect(shown).not.toContain(specs[0]!.hostKey.privateKey.split("\n")[2]);
  });

  test("another machine's engine publishes what the environment opens, and no other package", async () => {
    vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "127.0.0.0/8");
    const authority = newAuthority();
    const { port, close } = await serveTls(authority, toSocket(host.replace("unix://", "")));
    try {
      const settings = { host: `tcp://localhost:${port}`, ca: authority.ca, ...authority.client };
      const remote = dockerProvider({ ...settings, origin: "tenant" });
      const environment = environmentOf();
      environment.ingress = [{ port: 80, cidr: "0.0.0.0/0" }];
      await remote.prepare(environment, () => {}, soon());
      const spec = { ...newServer(environment, "far", "small"), ports: [80, 3306] };
      await remote.launch(environment, [spec], soon());
      const [server] = await allIn(remote, environment, "running", 1);
      expect(Object.keys(server!.endpoints).sort()).toEqual(["22", "4000", "80"]);
      expect(server!.endpoints["22"]!.host).toBe("localhost");
      const answer = await onceBooted(server!.endpoints["22"]!, key, "hostname", remote.traits.bootTimeoutMs);
      expect(answer.output).toBe("far");
      expect(await clear(environment)).toBe(true);
    } finally {
      close();
      vi.unstubAllEnvs();
    }
  });

  test("a container that is not ours is never touched, whatever id is asked for", async () => {
    const { tag } = await nodeImage();
    const foreign = await engine.createContainer({
      Image: tag,
      name: `foreign-${randomHex(32)}`,
      Entrypoint: ["sleep", "600"],
    });
    try {
      await foreign.start();
      await provider.stop("local", [foreign.id], soon());
      await provider.destroy("local", [{ id: foreign.id, newName: "x" }], soon());
      expect((await foreign.inspect()).State.Running).toBe(true);
    } finally {
      await foreign.remove({ force: true });
    }
  });

  test("a running server comes back with a restarted engine, and one that we stopped does not", async () => {
    const environment = environmentOf();
    await provider.prepare(environment, () => {}, soon());
    const [launched] = await provider.launch(environment, [newServer(environment, "kept", "small")], soon());
    const id = "id" in launched! ? launched.id : "";
    const policy = async () => (await engine.getContainer(id).inspect()).HostConfig.RestartPolicy?.Name;
    expect(await policy()).toBe("always");
    await provider.stop("local", [id], soon());
    expect(await policy()).toBe("no");
    await provider.start("local", [id], soon());
    expect(await policy()).toBe("always");
  });

  test("what a server removed behind our back leaves is gone with the environment", async () => {
    const environment = environmentOf();
    await provider.prepare(environment, () => {}, soon());
    const [launched] = await provider.launch(environment, [newServer(environment, "lost", "small")], soon());
    const id = "id" in launched! ? launched.id : "";
    await engine.getContainer(id).remove({ force: true });
    expect(await leftovers(environment.owner)).toHaveLength(2);
    expect(await provider.destroy("local", [{ id, newName: "x" }], soon())).toMatchObject([{ current: "terminated" }]);
    expect(await provider.release(environment, soon())).toBe(true);
    expect(await leftovers(environment.owner)).toEqual([]);
  });

  test("a Docker engine runs inside a node, and again after a restart", { timeout: 300_000 }, async () => {
    const environment = environmentOf();
    await provider.prepare(environment, () => {}, soon());
    await provider.launch(environment, [newServer(environment, "inner", "small")], soon());
    const install = [
      "sudo apt-get update -qq",
      "sudo DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends docker.io",
    ];
    const run = [
      "mkdir -p /tmp/root/bin && cp /bin/bash /bin/sleep /tmp/root/bin/ && ldd /bin/bash | grep -o '/[^ ]*' | xargs -I{} cp --parents {} /tmp/root",
      "tar -C /tmp/root -c . | sudo docker import - inner >/dev/null",
      "sudo docker run --rm --memory 64m inner /bin/bash -c 'echo from within'",
    ];
    const [server] = await allIn(provider, environment, "running", 1);
    const boot = provider.traits.bootTimeoutMs;
    await onceBooted(server!.endpoints["22"]!, key, "true", boot);
    const command = [...install, ...run].join(" && ");
    expect((await overSsh(server!.endpoints["22"]!, key, command, 200_000)).output).toMatch(/from within$/);
    // The first process of a container that has no handler does not hear that it is to end.
    await overSsh(server!.endpoints["22"]!, key, "sudo docker run -d inner /bin/sleep 600", 60_000);
    await provider.stop("local", [server!.id], soon());
    expect((await engine.getContainer(server!.id).inspect()).State.ExitCode, "killed, not shut down").not.toBe(137);
    await provider.start("local", [server!.id], soon());
    const [again] = await allIn(provider, environment, "running", 1);
    const repeat = await onceBooted(again!.endpoints["22"]!, key, run[2]!, boot);
    expect(repeat.output).toBe("from within");
  });
});
