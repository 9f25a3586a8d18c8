import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingHttpHeaders, RequestOptions } from "node:http";
import { Agent, request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { and, eq } from "drizzle-orm";
import { nodes } from "#drizzle/schema/index.ts";
import { trustOf } from "#lib/cluster/authorities.ts";
import { issueClient } from "#lib/cluster/certificates.ts";
import { labelsOf } from "#lib/cluster/formation.ts";
import { identityFor, nodeAgent } from "#lib/cluster/identity.ts";
import { formSwarm } from "#lib/cluster/swarm.ts";
import { loadConfig } from "#lib/config.ts";
import { db } from "#lib/db/client.ts";
import { dockerClient } from "#lib/docker-client.ts";
import { dockerBundle } from "#lib/domain/docker/bundle.ts";
import { dockerEndpoint } from "#lib/gateway/listener.ts";
import { stableName } from "#lib/model/cluster.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { startEngines, type TestEngine } from "#tests/support/engines.ts";
import { node, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { startTestServer } from "#tests/support/server.ts";

export type Ran = { code: number; out: string; err: string };
export type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
// biome-ignore lint/suspicious/noExplicitAny: what an engine answers; each test says what it expects of it.
type Json = any;

/** A Docker client of one address, whichever way it is asked. */
export type Client = {
  kind: "plain" | "cluster";
  tls: { ca: string; cert: string; key: string; host: string; port: number };
  /** The folder with ca.pem, cert.pem and key.pem. */
  folder: string;
  /** The docker command, with `input` as its standard input. */
  docker(words: string[], options?: { input?: string; timeoutMs?: number }): Promise<Ran>;
  /** One request; answers what came, whole. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The same, as parsed JSON; throws where it is no success. */
  json(method: string, path: string, body?: unknown): Promise<Json>;
  dockerode: Docker;
};

type Tls = { ca: string; certificate: string; privateKey: string };

export function clientOf(
  kind: Client["kind"],
  host: string,
  port: number,
  { ca, certificate: cert, privateKey: key }: Tls,
): Client {
  const folder = mkdtempSync(join(tmpdir(), "docker-client-"));
  for (const [name, text] of Object.entries({ "ca.pem": ca, "cert.pem": cert, "key.pem": key }))
    writeFileSync(join(folder, name), text);
  const tls = { ca, cert, key, host, port };
  const agent = new Agent({ ca, cert, key, keepAlive: true });
  const address = [
    "-H",
    `tcp://${host}:${port}`,
    "--tlsverify",
    ...["ca", "cert", "key"].flatMap((name) => [
      `--tls${name === "ca" ? "cacert" : name}`,
      join(folder, `${name}.pem`),
    ]),
  ]; // prettier-ignore
  const ask: Client["ask"] = (method, path, body, headers = {}) => {
    const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    return send(
      {
        host,
        port,
        agent,
        method,
        path,
        headers: { ...(text ? { "content-type": "application/json" } : {}), ...headers },
      },
      text,
    );
  };
  return {
    kind,
    tls,
    folder,
    ask,
    docker: (words, { input, timeoutMs = 60_000 } = {}) =>
      new Promise((resolve) => {
        const env = { ...process.env, DOCKER_CONFIG: folder, DOCKER_BUILDKIT: "0" };
        const child = execFile(
          "docker",
          [...address, ...words],
          { timeout: timeoutMs, env, maxBuffer: 64e6 },
          (error, out, err) => resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
        );
        if (input !== undefined) child.stdin!.end(input);
      }),
    async json(method, path, body) {
      const answer = await ask(method, path, body);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
      return answer.body ? JSON.parse(answer.body) : null;
    },
    dockerode: new Docker({ host, port, protocol: "https", ca, cert, key }),
  };
}

function send(options: RequestOptions, text?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, timeout: 60_000 }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        body += chunk;
      });
      response
        .on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body }))
        .on("error", reject);
    });
    sent.on("error", reject).on("timeout", () => sent.destroy(new Error("no answer within a minute")));
    sent.end(text);
  });
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

/**
 * Three engines as a cluster behind our endpoint, and one engine beside them that is nobody's: each with a client. The
 * engines have addresses of their own, so that each can be cut off; `subnet` is theirs.
 */
export async function startGateway(subnet: string, names = ["alpha", "beta", "gamma"]) {
  process.env.CLOUDHERO_DIAL_ALLOW = `127.0.0.0/8,${subnet}.0/24`;
  process.env.CLOUDHERO_DOCKER_PORT = "0";
  const server = await startTestServer();
  const owner = await seedAccount("Acme");
  const place = await seedPlace(owner.ctx);
  const id = await seedEnvironment(place, {
    name: "swarm",
    nodes: names.map((name) => node(name, { packages: ["docker"] })),
  });
  const { signer } = await trustOf(db(), id);
  const rows = await db().select().from(nodes).where(eq(nodes.environmentId, id));
  const idOf = (name: string) => rows.find((row) => row.name === name)?.id ?? "plain";
  const { engines, stop } = await startEngines(subnet, [...names, "plain"], signer, (name) =>
    stableName(idOf(name), id),
  );
  const members = engines.filter(({ name }) => name !== "plain");
  for (const one of members) await seat(id, one);
  await swarm(id, members, idOf);
  const endpoint = await dockerEndpoint(db, loadConfig(process.env));
  await new Promise<void>((resolve) => endpoint.server.listen(0, "127.0.0.1", resolve));
  const { port } = endpoint.server.address() as AddressInfo;
  process.env.CLOUDHERO_DOCKER_PORT = String(port);
  const clients: Client[] = [];
  const clientFor = async (account: Account, environment = id) => {
    const client = clientOf("cluster", "127.0.0.1", port, await dockerBundle(account.ctx, environment, "127.0.0.1"));
    clients.push(client);
    return client;
  };
  const direct = async (name: string) => {
    const made = await issueClient(signer, "test", "cloudhero://test", 1);
    const client = clientOf("plain", engines.find((one) => one.name === name)!.address, 4000, {
      ...made,
      ca: signer.certificate,
    });
    clients.push(client);
    return client;
  };
  return {
    server,
    owner,
    place,
    id,
    port,
    engines: members,
    plain: await direct("plain"),
    cluster: await clientFor(owner),
    clientFor,
    direct,
    member: (role: Parameters<typeof seedMember>[1]) => seedMember(owner.ctx.organisation, role),
    async close() {
      await endpoint.stop();
      await stop();
      for (const { folder } of clients) rmSync(folder, { recursive: true, force: true });
      await server.close();
    },
  };
}

/** Says that the engine's address is where the node's server is: a stand-in for the launch. */
async function seat(environmentId: string, { name, address }: TestEngine): Promise<void> {
  const endpoints = { 4000: { host: address, port: 4000 } };
  const seen = { state: "ready" as const, front: "front", publicIp: address, privateIp: address, endpoints };
  await db()
    .update(nodes)
    .set(seen)
    .where(and(eq(nodes.environmentId, environmentId), eq(nodes.name, name)));
}

async function swarm(environmentId: string, engines: TestEngine[], idOf: (name: string) => string): Promise<void> {
  const identity = await identityFor(db(), environmentId);
  const members = engines.map(({ name, address }) => {
    const agent = nodeAgent(identity, stableName(idOf(name), environmentId), "ours");
    const engine = (ms: number) => dockerClient({ host: address, port: 4000, agent }, AbortSignal.timeout(ms));
    return {
      id: idOf(name),
      name,
      address,
      labels: labelsOf(idOf(name), name, "local"),
      leaving: false,
      known: null,
      engine,
    };
  });
  for (let tries = 0; tries < 20; tries += 1) {
    const { places } = await formSwarm(members, AbortSignal.timeout(60_000));
    if (places.every(({ swarmId }) => swarmId)) return;
  }
  throw new Error("the engines did not become a swarm");
}

/** A command whose output is read while it runs. */
export function begin(client: Client, words: string[]) {
  const { host, port } = client.tls;
  const files = ["cacert", "cert", "key"].flatMap((name) => [
    `--tls${name}`,
    join(client.folder, `${name === "cacert" ? "ca" : name}.pem`),
  ]);
  const child = spawn("docker", ["-H", `tcp://${host}:${port}`, "--tlsverify", ...files, ...words], {
    env: { ...process.env, DOCKER_CONFIG: client.folder },
  });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    out += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return { child, ended, out: () => out };
}
