import { setTimeout as sleep } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { nodes } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { startRegistry } from "#tests/support/registry.ts";
import { begin } from "./client.ts";
import { type Gateway, startGateway } from "./fixture.ts";

const subnet = "10.98.4";
const soon = { timeout: 20_000, interval: 100 };
/** How long a client may wait for its answer, or its error, where a node is cut off. */
const boundMs = 15_000;
const listMs = 3_000;
/** By when a swarm has chosen a leader. */
const settled = { timeout: 60_000, interval: 500 };
type Node = { ID: string; Spec: { Labels: Record<string, string> }; ManagerStatus?: { Leader?: boolean } };

let gateway: Gateway;
const gamma = () => gateway.engines.find(({ name }) => name === "gamma")!;
const names = async () =>
  ((await gateway.cluster.json("GET", "/containers/json")) as { Names: string[] }[])
    .map(({ Names }) => Names[0])
    .toSorted();

/** The swarm's nodes, once it has a leader: an outage may have cost it the last one. */
async function nodesOf(): Promise<Node[]> {
  await expect.poll(async () => (await gateway.cluster.ask("GET", "/nodes")).status, settled).toBe(200);
  return gateway.cluster.json("GET", "/nodes");
}

describe.runIf(dockerAvailable)("25: a node that falls silent", () => {
  beforeAll(async () => {
    gateway = await startGateway(subnet);
    for (const [name, node] of [
      ["near", "alpha"],
      ["far", "gamma"],
    ] as const)
      await gateway.cluster.docker([
        "run",
        "-d",
        "--name",
        name,
        "-e",
        `constraint:node==${node}`,
        "busybox",
        "sh",
        "-c",
        "while :; do date; sleep 0.2; done",
      ]);
  });
  afterEach(async () => {
    for (const engine of gateway.engines) {
      engine.thaw();
      engine.mend();
    }
    await expect.poll(names, soon).toEqual(["/far", "/near"]);
  });
  afterAll(() => gateway?.close());

  test("is named by a list, which does not wait for it, and by info; back, it is seen within 5 s", async () => {
    gamma().cut();
    for (let round = 0; round < 2; round += 1) {
      const begun = Date.now();
      const { status, headers, body } = await gateway.cluster.ask("GET", "/containers/json");
      expect(Date.now() - begun).toBeLessThan(listMs);
      expect([status, JSON.parse(body).length, headers.warning]).toEqual([200, 1, expect.stringContaining("gamma")]);
    }
    const info = await gateway.cluster.json("GET", "/info");
    expect(info.Warnings.join()).toContain("node gamma does not answer");
    const inspected = await gateway.cluster.ask("GET", "/containers/unheard/json");
    expect([inspected.status, JSON.parse(inspected.body).message]).toEqual([503, expect.stringContaining("gamma")]);
    expect((await gateway.cluster.docker(["run", "--rm", "busybox", "echo", "elsewhere"])).out).toBe("elsewhere\n");
    gamma().mend();
    await expect.poll(names, { timeout: 5_000, interval: 100 }).toEqual(["/far", "/near"]);
  });

  test("ends logs, exec and attach with an error within a bound", async () => {
    const cut = [
      ["logs", "-f", "far"],
      ["exec", "far", "sleep", "600"],
      ["attach", "--no-stdin", "far"],
    ].map((words) => begin(gateway.cluster, words));
    await sleep(1_500);
    gamma().cut();
    const begun = Date.now();
    const codes = await Promise.all(cut.map(({ ended }) => ended));
    expect(Date.now() - begun).toBeLessThan(boundMs);
    expect(codes.every((code) => code !== 0)).toBe(true);
  });

  test("ends a pull with an error that names it, within a bound", async () => {
    const registry = await startRegistry(`${subnet}.2`, 5000, null);
    const image = `${registry.name}/big:1`;
    const near = gateway.engines[0]!;
    const built = await gateway.direct("alpha");
    await built.docker(["build", "-q", "-t", image, "-"], {
      input: "FROM busybox\nRUN dd if=/dev/urandom of=/big bs=1M count=64\n",
    });
    await near.docker("push", "-q", image);
    gamma().ip("route", "add", "blackhole", `${subnet}.2`);
    const pulling = begin(gateway.cluster, ["pull", image]);
    await sleep(1_000);
    gamma().cut();
    const begun = Date.now();
    expect(await pulling.ended).not.toBe(0);
    expect([Date.now() - begun < boundMs, pulling.out()]).toEqual([true, expect.stringContaining("gamma")]);
    gamma().ip("route", "del", "blackhole", `${subnet}.2`);
    registry.stop();
  });

  test("9: events go on from the other nodes, and from it when it is back, with no gap and each once", async () => {
    const following = begin(gateway.cluster, ["events", "--filter", "event=exec_die", "--format", "{{json .}}"]);
    await sleep(500);
    const poke = (name: string) =>
      gateway.engines.find((engine) => engine.name === name)!.docker("exec", name === "alpha" ? "near" : "far", "true");
    const lines = () => following.out().split("\n").filter(Boolean);
    await poke("gamma");
    await expect.poll(() => lines().length, soon).toBe(1);
    gamma().cut();
    await poke("gamma");
    await poke("alpha");
    await expect.poll(() => lines().length, soon).toBe(2);
    await sleep(9_000);
    gamma().mend();
    await expect.poll(() => lines().length, soon).toBe(3);
    await poke("gamma");
    await expect.poll(() => lines().length, soon).toBe(4);
    expect(new Set(lines()).size).toBe(4);
    following.child.kill();
  });

  test("keeps its volumes: none is made in their place by the way, one is when it is asked for", async () => {
    const there = ["-e", "constraint:node==gamma", "-v", "keep:/data", "busybox", "touch", "/data/kept"];
    expect((await gateway.cluster.docker(["run", "--rm", ...there])).err).toBe("");
    gamma().cut();
    const refused = await gateway.cluster.docker(["run", "--rm", "-v", "keep:/data", "busybox", "true"]);
    expect([refused.code, refused.err]).toEqual([125, expect.stringMatching(/volume keep is on none.*gamma/)]);
    for (const [method, path] of [
      ["GET", "/volumes/keep"],
      ["DELETE", "/volumes/keep"],
      ["DELETE", "/volumes/keep?force=1"],
    ] as const)
      expect([path, (await gateway.cluster.ask(method, path)).status]).toEqual([path, 503]);
    const near = gateway.engines.filter(({ name }) => name !== "gamma");
    for (const engine of near) expect(await engine.docker("volume", "ls", "-q")).not.toContain("keep");
    const made = await gateway.cluster.ask("POST", "/volumes/create", { Name: "anew" });
    expect([made.status, made.headers.warning]).toEqual([201, expect.stringContaining("gamma")]);
    gamma().mend();
    await expect.poll(names, soon).toEqual(["/far", "/near"]);
    const kept = await gateway.cluster.docker(["run", "--rm", "-v", "keep:/data", "busybox", "ls", "/data"]);
    expect(kept.out).toBe("kept\n");
    await gateway.cluster.docker(["volume", "rm", "keep", "anew"]);
  });

  test("as the leader of the swarm, stops nobody else: containers are made, and info says what it last heard", async () => {
    // What was done to the nodes before may have cost the swarm its leader for a moment.
    const leading = async () =>
      (await nodesOf()).find(({ ManagerStatus }) => ManagerStatus?.Leader)?.Spec.Labels["io.cloudhero.name"];
    await expect.poll(leading, settled).toBeDefined();
    const name = await leading();
    const leader = gateway.engines.find((engine) => engine.name === name)!;
    expect((await gateway.cluster.ask("GET", "/info")).status).toBe(200);
    leader.cut();
    // Until there is another leader, no manager says how it is.
    for (let round = 0; round < 3; round += 1) {
      const begun = Date.now();
      const ran = await gateway.cluster.docker(["run", "--rm", "busybox", "echo", "on"]);
      expect([ran.out, ran.err]).toEqual(["on\n", ""]);
      const info = await gateway.cluster.json("GET", "/info");
      expect([info.NCPU > 0, info.Swarm.ControlAvailable]).toEqual([true, true]);
      expect(info.Warnings.join()).toContain(`node ${name} does not answer`);
      expect(Date.now() - begun).toBeLessThan(boundMs);
    }
    leader.mend();
    await expect.poll(async () => (await gateway.cluster.ask("GET", "/services")).status, settled).toBe(200);
    const told = async () => {
      const { Swarm, Warnings } = await gateway.cluster.json("GET", "/info");
      return [Swarm.Error, Swarm.Nodes, (Warnings ?? []).filter((line: string) => line.includes("node"))];
    };
    await expect.poll(told, soon).toEqual(["", 3, []]);
  });

  test("as a manager, is followed by another: at once for a question, and with its body for a change", async () => {
    const alpha = gateway.engines.find(({ name }) => name === "alpha")!;
    const services = () => gateway.cluster.ask("GET", "/services");
    // Who does not lead can be missed without an election.
    const all = await nodesOf();
    const { ID } = all.find(({ Spec }) => Spec.Labels["io.cloudhero.name"] === "alpha")!;
    const manages = () => alpha.docker("info", "--format", "{{.Swarm.ControlAvailable}}");
    // Said again: a change is refused while the swarm itself has just changed the node.
    for (const [verb, is] of [
      ["demote", "false"],
      ["promote", "true"],
    ] as const) {
      const made = async () => {
        await gateway.cluster.docker(["node", verb, ID]);
        return manages();
      };
      await expect.poll(made, { timeout: 60_000, interval: 1_000 }).toBe(is);
    }
    await expect.poll(async () => (await services()).status, { timeout: 60_000 }).toBe(200);
    await sleep(3_200);
    expect((await services()).status).toBe(200);
    alpha.freeze();
    const begun = Date.now();
    expect((await services()).status).toBe(200);
    expect(Date.now() - begun).toBeLessThan(4_000);
    alpha.thaw();
    await expect.poll(names, soon).toEqual(["/far", "/near"]);
    await sleep(3_200);
    expect((await services()).status).toBe(200);
    alpha.freeze();
    const made = await gateway.cluster.ask("POST", "/secrets/create", { Name: "kept", Data: "c2VjcmV0" });
    expect([made.status, made.body]).toEqual([201, expect.stringContaining("ID")]);
    alpha.thaw();
    await gateway.cluster.docker(["secret", "rm", "kept"]);
  });

  test("9: events of a node that comes later are told as well", async () => {
    const one = and(eq(nodes.environmentId, gateway.id), eq(nodes.name, "gamma"));
    await db().update(nodes).set({ state: "stopped" }).where(one);
    await sleep(1_200);
    const following = begin(gateway.cluster, ["events", "--filter", "event=exec_die", "--format", "{{json .}}"]);
    await sleep(500);
    await db().update(nodes).set({ state: "ready" }).where(one);
    const told = async () => {
      await gamma().docker("exec", "far", "true");
      return following.out().split("\n").filter(Boolean).length;
    };
    await expect.poll(told, { timeout: 20_000, interval: 500 }).toBeGreaterThan(0);
    following.child.kill();
  });

  test("all of them only busy for some seconds: what is asked meanwhile waits, and is answered", async () => {
    for (const engine of gateway.engines) engine.freeze();
    const first = gateway.cluster.ask("GET", "/containers/json");
    await sleep(3_200);
    const second = gateway.cluster.ask("GET", "/images/json");
    await sleep(1_000);
    for (const engine of gateway.engines) engine.thaw();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
  });

  test("all of them silent: 503 within 10 s, with their names", async () => {
    for (const engine of gateway.engines) engine.cut();
    const begun = Date.now();
    const { status, body } = await gateway.cluster.ask("GET", "/containers/json");
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect([status, JSON.parse(body).message]).toEqual([503, expect.stringMatching(/alpha.*beta.*gamma/)]);
  });
});
