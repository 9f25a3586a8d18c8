import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { promisify } from "node:util";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodes } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { type EnvironmentAnswer, left, makeTeam, type NodeAnswer } from "./team.ts";

const patience = { timeout: 120_000, interval: 500 };

const run = promisify(execFile);

/** A command in a node's server; the API, which lives in this process, answers meanwhile. */
const inside = async (node: NodeAnswer, ...words: string[]) =>
  (await run("docker", ["exec", node.server_id!, ...words], { timeout: 60_000 })).stdout.trim();

/** The members of the swarm as one of its managers lists them. */
async function membersOf(node: NodeAnswer): Promise<string[]> {
  const format = "{{.Hostname}} {{.Status}} {{.Availability}} {{if .ManagerStatus}}manager{{else}}worker{{end}}";
  return (await inside(node, "docker", "node", "ls", "--format", format)).split("\n").toSorted();
}

/** The serial number of the certificate that whoever connects is shown first. */
function certificateOf(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

const loadBusybox = (node: NodeAnswer) =>
  run("sh", ["-c", `docker save busybox | docker exec -i ${node.server_id} docker load`]);

describe.runIf(dockerAvailable)("a Docker cluster on servers of the product's own making", () => {
  let server: TestServer;
  let team: Awaited<ReturnType<typeof makeTeam>>;
  let id: string;
  const node = (name: string) => team.node(id, name);
  const wish = (names: string[]) => names.map((name) => ({ name, size: "small", packages: ["docker"] }));
  const running = () => expect.poll(async () => (await team.get(id)).state, patience).toBe("running");

  /** A shell's variables for a client of one node's port 4000: it evaluates LINES_TO_EVAL. */
  async function clientOf(name: string) {
    const home = mkdtempSync(join(tmpdir(), "home-"));
    const { text } = await server.call("GET", `/environments/${id}/docker-env?node=${name}`, { token: team.token });
    const env = { ...process.env, HOME: home, LINES_TO_EVAL: text };
    return { env, forget: () => rmSync(home, { recursive: true }) };
  }

  beforeAll(async () => {
    server = await startTestServer({ worker: true });
    team = await makeTeam(server, "Acme");
    id = await team.make("swarm", { alpha: ["docker"], beta: ["docker"], gamma: ["docker"] }, { wait: 280 });
  });

  afterAll(async () => {
    await team.send("DELETE", `/environments/${id}?wait=60`);
    expect(left(id)).toEqual([]);
    await server.close();
  });

  test("when it runs, its three nodes are managers of one swarm", async () => {
    const { state, last_error } = await team.get(id);
    expect([state, last_error]).toEqual(["running", null]);
    const all = ["alpha", "beta", "gamma"].map((name) => `${name} Ready Active manager`);
    await expect.poll(async () => membersOf(await node("beta")), patience).toEqual(all);
  });

  test("port 4000 takes the bundle of a node, refuses who has none, and soon who has a revoked one", async () => {
    const { env, forget } = await clientOf("beta");
    const docker = (...words: string[]) =>
      run("sh", ["-c", 'eval "$LINES_TO_EVAL"; exec docker "$@"', "sh", ...words], { env, timeout: 20_000 });
    expect((await docker("info", "--format", "{{.Name}}")).stdout).toBe("beta\n");
    const { host, port } = (await node("beta")).endpoints["4000"]!;
    await expect(fetch(`https://${host}:${port}/_ping`)).rejects.toThrow();
    await expect(docker("--tlscert", "", "--tlskey", "", "info")).rejects.toThrow();
    const open = spawn("sh", ["-c", 'eval "$LINES_TO_EVAL"; exec docker events'], { env });
    const ofClients = async () => (await inside(await node("beta"), "pgrep", "-u", "haproxy", "haproxy")).split("\n");
    const before = await ofClients();
    const certificates = `/environments/${id}/docker-certificates`;
    const [held] = await team.send<{ id: string; scope: string }[]>("GET", certificates);
    expect(held!.scope).toBe("nodes");
    await team.send("DELETE", `${certificates}/${held!.id}`);
    const refused = () =>
      docker("info").then(
        () => false,
        () => true,
      ); // prettier-ignore
    await expect.poll(refused, patience).toBe(true);
    // What it has open ends ten minutes later, which come sooner here.
    const units = ["systemctl", "list-timers", "--no-legend", "--plain", "cloudhero-docker-revoked-*"];
    const timer = async () => (await inside(await node("beta"), ...units)).match(/\S+(?=\.timer)/)?.[0];
    await expect.poll(timer, patience).toBeDefined();
    expect(open.exitCode).toBeNull();
    await inside(await node("beta"), "systemctl", "start", `${await timer()}.service`);
    await expect.poll(() => open.exitCode, patience).not.toBeNull();
    expect((await ofClients()).filter((pid) => before.includes(pid))).toHaveLength(1);
    forget();
  });

  test("port 4000 carries the end of a client's input alone: what comes after it still comes back", async () => {
    const { env, forget } = await clientOf("gamma");
    await loadBusybox(await node("gamma"));
    const script = `eval "$LINES_TO_EVAL"; printf in | docker run -i --rm busybox sh -c 'cat; sleep 1; echo " and out"'`;
    const { stdout } = await run("sh", ["-c", script], { env, timeout: 60_000 });
    expect(stdout).toBe("in and out\n");
    forget();
  });

  test("a node's certificate that is about to end is followed by another; what is open goes on, and the engine too", async () => {
    const { env, forget } = await clientOf("beta");
    const beta = await node("beta");
    const { host, port } = beta.endpoints["4000"]!;
    const shown = () => certificateOf(host, port);
    const engine = () => inside(beta, "pidof", "dockerd");
    const before = { certificate: await shown(), engine: await engine() };
    const events = spawn("sh", ["-c", 'eval "$LINES_TO_EVAL"; exec docker events'], { env });
    let seen = "";
    events.stdout.on("data", (chunk) => {
      seen += chunk;
    });
    try {
      const making = async () => {
        await inside(beta, "docker", "volume", "create");
        return seen;
      };
      await expect.poll(making, patience).toContain("volume create");
      const row = and(eq(nodes.environmentId, id), eq(nodes.name, "beta"));
      const ending = new Date(Date.now() + 20 * 86_400_000);
      await db().update(nodes).set({ frontExpiresAt: ending }).where(row);
      await expect.poll(shown, patience).not.toBe(before.certificate);
      // It is shown a moment before its end is written down.
      const end = async () => (await db().select().from(nodes).where(row))[0]!.frontExpiresAt!.getTime();
      await expect.poll(end, patience).toBeGreaterThan(Date.now() + 80 * 86_400_000);
      seen = "";
      await expect.poll(making, patience).toContain("volume create");
      expect([events.exitCode, await engine()]).toEqual([null, before.engine]);
    } finally {
      events.kill();
      forget();
    }
  });

  test("stopped and started, its nodes have their addresses and the swarm is whole", async () => {
    const before = (await team.get(id)).nodes.map(({ private_ip }) => private_ip);
    await team.send("POST", `/environments/${id}/stop?wait=60`);
    const started = await team.send<{ state: string }>("POST", `/environments/${id}/start?wait=200`);
    expect(started.state).toBe("running");
    expect((await team.get(id)).nodes.map(({ private_ip }) => private_ip)).toEqual(before);
    const all = ["alpha", "beta", "gamma"].map((name) => `${name} Ready Active manager`);
    await expect.poll(async () => membersOf(await node("gamma")), patience).toEqual(all);
  });

  test("a service spreads over the nodes, and its overlay carries traffic between them", async () => {
    const nodes = (await team.get(id)).nodes;
    for (const one of nodes) await loadBusybox(one);
    const [alpha] = nodes;
    await inside(alpha!, "docker", "network", "create", "-d", "overlay", "--attachable", "net");
    inside(
      alpha!,
      "docker",
      "service",
      "create",
      "-q",
      "--name",
      "web",
      "--network",
      "net",
      "--endpoint-mode",
      "dnsrr",
      "--replicas",
      "3",
      "--no-resolve-image",
      "busybox",
      "httpd",
      "-f",
      "-p",
      "80",
      "-h",
      "/etc",
    ); // prettier-ignore
    const where = async () =>
      (await inside(alpha!, "docker", "service", "ps", "web", "--format", "{{.Node}}")).split("\n").toSorted();
    await expect.poll(where, patience).toEqual(["alpha", "beta", "gamma"]);
    const hosts =
      "for ip in $(nslookup tasks.web 2>/dev/null | awk '/^Address/ && !/:53/ {print $NF}' | sort -u); do wget -qO- http://$ip/hostname; done | sort -u | wc -l";
    const seen = () => inside(alpha!, "docker", "run", "--rm", "--network", "net", "busybox", "sh", "-c", hosts);
    await expect.poll(seen, { timeout: 30_000, interval: 1000 }).toBe("3");
  });

  test("a node added later joins; one that is removed is drained, leaves, and its tasks go on elsewhere", async () => {
    await team.send("PUT", `/environments/${id}`, { nodes: wish(["alpha", "beta", "gamma", "delta"]) });
    await running();
    const known = async () => membersOf(await node("alpha"));
    await expect.poll(known, patience).toContain("delta Ready Active worker");
    // Before a task is to go there: one that finds no image is put where there is one.
    await loadBusybox(await node("delta"));
    const wished = { nodes: wish(["alpha", "gamma", "delta"]), prune: true };
    const scaled = await team.send<EnvironmentAnswer>("PUT", `/environments/${id}?wait=270`, wished);
    expect([scaled.state, scaled.nodes.map(({ name }) => name)]).toEqual(["running", ["alpha", "gamma", "delta"]]);
    await expect
      .poll(known, patience)
      .toEqual(["alpha Ready Active manager", "delta Ready Active manager", "gamma Ready Active manager"]);
    await running();
    const alpha = await node("alpha");
    const format = "{{.Node}} {{.CurrentState}}";
    const listing = ["service", "ps", "web", "--filter", "desired-state=running", "--format", format];
    const tasks = async () =>
      (await inside(alpha, "docker", ...listing))
        .split("\n")
        .map((line) => line.split(" ").slice(0, 2).join(" "))
        .toSorted();
    await expect.poll(tasks, patience).toEqual(["alpha Running", "delta Running", "gamma Running"]);
  });
});
