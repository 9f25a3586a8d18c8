import { once } from "node:events";
import { Agent, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { issueServer, newAuthority } from "#lib/cluster/certificates.ts";
import type { Engine } from "#lib/gateway/cluster.ts";
import { engineOfContainer } from "#lib/gateway/locate.ts";

const { certificate, privateKey } = await issueServer(await newAuthority("test", 1), { dns: ["web"], ip: [] }, 1);
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
let asked: string[] = [];

/** An engine that takes its time, and has every container or none. */
function engineThat(name: string, has: boolean) {
  const server = createServer({ cert: certificate, key: privateKey }, async (request, response) => {
    asked.push(`${name} ${request.url}`);
    await sleep(50);
    const [, id] = /^\/containers\/(.+)\/json/.exec(request.url!)!;
    response.writeHead(has ? 200 : 404).end(JSON.stringify(has ? { Id: id, Name: `/${id}` } : { message: "none" }));
  });
  return { name, server };
}
const servers = [engineThat("alpha", false), engineThat("beta", true)];
let engines: Engine[];

beforeAll(async () => {
  for (const { server } of servers) await once(server.listen(0, "127.0.0.1"), "listening");
  engines = servers.map(({ name, server }) => {
    const { port } = server.address() as AddressInfo;
    return {
      id: `id of ${name}`,
      name,
      host: "127.0.0.1",
      port,
      address: "127.0.0.1",
      labels: {},
      leaving: false,
      agent,
    };
  });
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  agent.destroy();
  for (const { server } of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const seek = (name: string, signal = new AbortController().signal) => {
  const cluster = { environmentId: "e1", organisationId: "o1", name: "swarm", engines, away: [], unborn: [] };
  return engineOfContainer({ cluster, signal }, name);
};

test("two hundred who seek a container at once ask each node once, and one who leaves takes nothing from the others", async () => {
  const id = "a".repeat(64);
  const leaving = new AbortController();
  const left = seek(id, leaving.signal);
  leaving.abort(new Error("gone"));
  const found = await Promise.all(Array.from({ length: 200 }, () => seek(id)));
  await expect(left).rejects.toThrow("gone");
  expect(new Set(found.map(({ name }) => name))).toEqual(new Set(["beta"]));
  expect(asked.toSorted()).toEqual([`alpha /containers/${id}/json`, `beta /containers/${id}/json`]);
});

test("whoever seeks a name asks for themselves: it may have been given since another began to seek", async () => {
  await Promise.all([seek("web"), seek("web")]);
  expect(asked.filter((line) => line.startsWith("alpha"))).toHaveLength(2);
});
