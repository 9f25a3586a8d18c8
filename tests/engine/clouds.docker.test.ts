import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import { INSTALLATION } from "#lib/providers/ec2/tags.ts";
import { overSsh } from "#tests/providers/ssh.ts";
import { seedAccount } from "#tests/support/account.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { type Backing, dockerBacking } from "../emulators/backing/backing.ts";
import {
  type DigitalOceanEmulator,
  EMULATED_TOKEN,
  startDigitalOceanEmulator,
} from "../emulators/digitalocean/emulator.ts";
import { type Ec2Emulator, EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";
import { taggedResources } from "../emulators/ec2/inspect.ts";
import type { EnvironmentAnswer } from "./team.ts";

const run = promisify(execFile);
const ours = generateKeyPair("somebody's laptop");

/** Whole environments in emulated clouds whose servers boot: a real cloud-init, real SSH, real packages. */
describe.runIf(dockerAvailable)("an environment with packages", () => {
  let server: TestServer;
  let backing: Backing;
  let amazon: Ec2Emulator;
  let ocean: DigitalOceanEmulator;
  let token: string;

  beforeAll(async () => {
    process.env.CLOUDHERO_DIAL_ALLOW = "127.0.0.0/8";
    backing = await dockerBacking();
    amazon = await startEc2Emulator({ backing });
    ocean = await startDigitalOceanEmulator({ backing });
    process.env.CLOUDHERO_EC2_ENDPOINT = amazon.url;
    process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = ocean.url;
    server = await startTestServer({ worker: true });
    token = (await seedAccount("Acme")).token;
    await send("POST", "/keys", { name: "laptop", public_key: ours.publicKey });
  });
  afterAll(async () => {
    await server.close();
    await amazon.close();
    await ocean.close();
    await backing.close();
  });

  async function send(method: string, path: string, body?: unknown) {
    const signal = AbortSignal.timeout(280_000);
    const answer = await server.call(method, path, { token, signal, ...(body ? { body } : {}) });
    expect([path, answer.status, answer.status >= 400 ? answer.text : ""]).toEqual([path, 200, ""]);
    return answer.body;
  }

  async function make(
    provider: { provider_name: string },
    region: string,
    size: string,
    packages: Record<string, string[]>,
  ) {
    const [added] = [await send("POST", "/providers", provider)].flat();
    const [application] = await send("POST", "/applications", { application_name: `on ${provider.provider_name}` });
    const expose = [
      { port: 80, cidr: "0.0.0.0/0" },
      { port: 3306, cidr: "0.0.0.0/0" },
    ];
    const nodes = Object.entries(packages).map(([name, wanted]) => ({ name, size, packages: wanted, expose }));
    const wish = { provider_id: added.id, region, environment: "staging", nodes };
    const made = await send("POST", `/applications/${application.id}/environments?wait=270`, wish);
    expect(await states(made.environment)).toEqual(nodes.map(() => "ready"));
    return made.environment as string;
  }

  const environment = (id: string): Promise<EnvironmentAnswer> => send("GET", `/environments/${id}`);
  const states = async (id: string) => (await environment(id)).nodes.map(({ state, error }) => error ?? state);
  const endpointsOf = async (id: string, name: string) =>
    (await environment(id)).nodes.find((node) => node.name === name)!.endpoints;

  async function pageOf(id: string): Promise<string> {
    const { host, port } = (await endpointsOf(id, "web")).nginx!;
    return (await fetch(`http://${host}:${port}/`)).text();
  }

  test("runs on EC2: nginx, MySQL and names; stopped and started at new addresses; deleted whole", async () => {
    const key = { cloud_provider: "ec2", provider_name: "amazon", ...EMULATED_KEY };
    const id = await make(key, "us-east-1", "t3.small", { web: ["nginx"], db: ["mysql"] });
    expect(await pageOf(id)).toContain("Welcome to nginx");
    const [credential] = await send("GET", `/environments/${id}/nodes/db/credentials`);
    const { host, port, username: user, password, database } = credential;
    const connection = await mysql.createConnection({ host, port, user, password, database });
    expect((await connection.query("select 1 as one"))[0]).toEqual([{ one: 1 }]);
    await connection.end();
    const { output } = await overSsh((await endpointsOf(id, "web")).ssh!, ours, "getent hosts db", 20_000);
    expect(output).toMatch(/\d+\.\d+\.\d+\.\d+\s+db/);

    const before = (await endpointsOf(id, "web")).ssh!.host;
    expect((await send("POST", `/environments/${id}/stop?wait=90`)).state).toBe("stopped");
    expect((await send("POST", `/environments/${id}/start?wait=150`)).state).toBe("running");
    expect((await endpointsOf(id, "web")).ssh!.host).not.toBe(before);
    expect(await pageOf(id)).toContain("Welcome to nginx");

    expect((await send("DELETE", `/environments/${id}?wait=90`)).state).toBe("deleted");
    expect(taggedResources(amazon, INSTALLATION)).toEqual([]);
  }, 300_000);

  test("runs on DigitalOcean: a page from nginx; deleted whole", async () => {
    const key = { cloud_provider: "digital_ocean", provider_name: "ocean", access_token: EMULATED_TOKEN };
    const id = await make(key, "fra1", "s-1vcpu-1gb", { web: ["nginx"] });
    expect(await pageOf(id)).toContain("Welcome to nginx");
    expect((await send("DELETE", `/environments/${id}?wait=90`)).state).toBe("deleted");
    const { droplets, firewalls, keys } = ocean.state;
    expect([droplets.size, firewalls.size, keys.size]).toEqual([0, 0, 0]);
  }, 200_000);

  test.each([
    ["EC2", { cloud_provider: "ec2", provider_name: "amazon, too", ...EMULATED_KEY }, "us-east-1", "t3.small"],
    [
      "DigitalOcean",
      { cloud_provider: "digital_ocean", provider_name: "ocean, too", access_token: EMULATED_TOKEN },
      "fra1",
      "s-1vcpu-1gb",
    ],
  ])(
    "is a Docker cluster on %s: port 4000 of its node takes the bundle's certificate, at a new address too",
    async (_, provider, region, size) => {
      const id = await make(provider, region, size, { one: ["docker"] });
      const seen = () => infoOf(id, "one");
      await expect.poll(seen, { timeout: 60_000, interval: 1_000 }).toEqual(["one", "active", true]);
      expect((await send("POST", `/environments/${id}/stop?wait=90`)).state).toBe("stopped");
      const { state } = await send("POST", `/environments/${id}/start?wait=150`);
      expect([state, (await environment(id)).last_error]).toEqual(["running", null]);
      await expect.poll(seen, { timeout: 60_000, interval: 1_000 }).toEqual(["one", "active", true]);
      expect((await send("DELETE", `/environments/${id}?wait=90`)).state).toBe("deleted");
    },
    300_000,
  );

  /** A node's hostname, its part in the swarm, and whether that manages, as a client of its port 4000 is told. */
  async function infoOf(id: string, node: string): Promise<unknown[]> {
    const { text } = await server.call("GET", `/environments/${id}/docker-env?node=${node}`, { token });
    const home = mkdtempSync(join(tmpdir(), "home-"));
    const env = { ...process.env, HOME: home, LINES_TO_EVAL: text };
    const format = '["{{.Name}}","{{.Swarm.LocalNodeState}}",{{.Swarm.ControlAvailable}}]';
    const script = 'eval "$LINES_TO_EVAL"; exec docker info --format "$1"';
    try {
      const { stdout } = await run("sh", ["-c", script, "sh", format], { env, timeout: 20_000 });
      return JSON.parse(stdout);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }
});
