import { rmSync } from "node:fs";
import { and, eq } from "drizzle-orm";
import { nodes } from "#drizzle/schema/index.ts";
import { trustOf } from "#lib/cluster/authorities.ts";
import { issueClient } from "#lib/cluster/certificates.ts";
import { labelsOf } from "#lib/cluster/formation.ts";
import { identityFor, nodeAgent } from "#lib/cluster/identity.ts";
import { formSwarm } from "#lib/cluster/swarm.ts";
import { db } from "#lib/db/client.ts";
import { dockerClient } from "#lib/docker-client.ts";
import { dockerBundle } from "#lib/domain/docker/bundle.ts";
import { stableName } from "#lib/model/cluster.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { startEngines, type TestEngine } from "#tests/support/engines.ts";
import { node, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { type Client, clientOf } from "./client.ts";

/**
 * Engines of a team's cluster in the present database, and one more, "plain", that is nobody's. They have addresses of
 * their own, so that each can be cut off; `subnet` is theirs.
 */
export async function makeCluster(subnet: string, names: string[]) {
  process.env.CLOUDHERO_DIAL_ALLOW = `127.0.0.0/8,${subnet}.0/24`;
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
  const clients: Client[] = [];
  const kept = (client: Client) => {
    clients.push(client);
    return client;
  };
  return {
    owner,
    place,
    id,
    engines: members,
    signer,
    /** A client of the endpoint on this port of loopback. */
    clientFor: async (port: number, account: Account, environment = id) =>
      kept(clientOf("cluster", "127.0.0.1", port, await dockerBundle(account.ctx, environment, "127.0.0.1"))),
    /** A client of one engine itself; of what stands in front of it, with its address. */
    async direct(name: string, front?: { host: string; port: number }) {
      const { certificate, privateKey } = await issueClient(signer, "test", "cloudhero://test", 1);
      const { host, port } = front ?? { host: engines.find((one) => one.name === name)!.address, port: 4000 };
      return kept(clientOf("plain", host, port, { certificate, privateKey, ca: signer.certificate }));
    },
    async stop() {
      await stop();
      for (const { folder } of clients) rmSync(folder, { recursive: true, force: true });
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
      labels: labelsOf(idOf(name), name, "local", null),
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
