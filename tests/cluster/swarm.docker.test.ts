import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueClient, newAuthority } from "#lib/cluster/certificates.ts";
import { labelsOf } from "#lib/cluster/formation.ts";
import { nodeAgent } from "#lib/cluster/identity.ts";
import { formSwarm, type Node } from "#lib/cluster/swarm.ts";
import { dockerClient } from "#lib/docker-client.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { type Engines, startEngines } from "#tests/support/engines.ts";

const subnet = "10.98.6";
/** Of a change of managers the engines' own waits alone (a promotion, two elections, tasks that end) are some 60 s. */
const patience = { timeout: 240_000, interval: 500 };
let hosts: Engines;
let members: Node[];

/** As the product does: what is known of a place is kept while its engine does not answer. */
async function form() {
  const formed = await formSwarm(members, AbortSignal.timeout(60_000));
  const placeOf = (id: string) => formed.places.find(({ nodeId }) => nodeId === id);
  members = members.map((one) => (placeOf(one.id)?.answers ? { ...one, known: placeOf(one.id)!.swarmId } : one));
  return formed;
}
const at = (name: string) => hosts.engines.find((engine) => engine.name === name)!;
const listing = "{{.Hostname}} {{.Status}} {{if .ManagerStatus}}manager{{else}}worker{{end}}";
const machines = async (manager = "alpha") =>
  (await at(manager).docker("node", "ls", "--format", listing)).split("\n").toSorted();

/** The hosts of the service's tasks that run, as a manager knows them. */
async function running(manager = "alpha"): Promise<string[]> {
  const words = ["service", "ps", "s", "--filter", "desired-state=running", "--format", "{{.Node}} {{.CurrentState}}"];
  return (await at(manager).docker(...words))
    .split("\n")
    .filter((line) => line.includes(" Running "))
    .map((line) => line.split(" ")[0]!)
    .toSorted();
}

/** The machines, after another round. */
async function formed(): Promise<string[]> {
  await form();
  return machines();
}

async function start(names: string[]): Promise<void> {
  process.env.CLOUDHERO_DIAL_ALLOW = `127.0.0.0/8,${subnet}.0/24`;
  const authority = await newAuthority("test", 2);
  const { certificate: cert, privateKey: key } = await issueClient(authority, "test", "cloudhero://system", 1);
  hosts = await startEngines(subnet, names, authority, (name) => name);
  members = hosts.engines.map(({ name, address }): Node => {
    const agent = nodeAgent({ ca: [authority.certificate], cert, key }, name, "ours");
    const engine = (ms: number) => dockerClient({ host: address, port: 4000, agent }, AbortSignal.timeout(ms));
    const labels = labelsOf(name, name, "here", null);
    return { id: name, name, address, labels, leaving: false, known: null, engine };
  });
}

describe.runIf(dockerAvailable)("a swarm of seven hosts", () => {
  beforeAll(() => start(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"]));
  afterAll(() => hosts?.stop());

  test("has five managers and two workers", async () => {
    const roles = async () => (await formed().catch(() => [])).map((line) => line.split(" ").slice(1).join(" ")).sort();
    const wanted = [...Array(5).fill("Ready manager"), ...Array(2).fill("Ready worker")];
    await expect.poll(roles, patience).toEqual(wanted);
  });
});

describe.runIf(dockerAvailable)("a swarm of four hosts", () => {
  beforeAll(() => start(["alpha", "beta", "gamma", "delta"]));
  afterAll(() => hosts?.stop());

  test("has three managers and a worker, and no token is told", async () => {
    const done: string[] = [];
    await expect
      .poll(async () => {
        const round = await form();
        done.push(...round.done);
        return round.places.every(({ swarmId }) => swarmId);
      }, patience)
      .toBe(true);
    expect(await machines()).toEqual([
      "alpha Ready manager",
      "beta Ready manager",
      "delta Ready worker",
      "gamma Ready manager",
    ]);
    expect(done.join()).not.toMatch(/SWMTKN/);
  });

  test("a killed manager's tasks move, a worker takes its place; back, it is a worker", async () => {
    await at("alpha").docker("service", "create", "-qd", "--name", "s", "--replicas", "4", "busybox", "sleep", "600");
    await expect.poll(() => running(), patience).toEqual(["alpha", "beta", "delta", "gamma"]);
    await at("beta").kill();
    await expect
      .poll(formed, patience)
      .toEqual(["alpha Ready manager", "beta Down worker", "delta Ready manager", "gamma Ready manager"]); // prettier-ignore
    await expect
      .poll(async () => {
        const nodes = await running();
        return nodes.length === 4 && !nodes.includes("beta");
      }, patience)
      .toBe(true); // prettier-ignore
    await at("beta").start();
    await expect.poll(formed, patience).toContain("beta Ready worker");
  });

  test("all managers are to go: one that stays takes their place first, and what ran goes on there", async () => {
    members = members.map((one) => ({ ...one, leaving: one.name !== "beta" }));
    await expect
      .poll(async () => {
        await form();
        return machines("beta").catch(() => "no manager yet");
      }, patience)
      .toEqual(["beta Ready manager"]);
    for (const name of ["alpha", "gamma", "delta"])
      expect(await at(name).docker("info", "--format", "{{.Swarm.LocalNodeState}}")).toBe("inactive");
    await expect.poll(() => running("beta"), patience).toEqual(["beta", "beta", "beta", "beta"]);
  });
});
