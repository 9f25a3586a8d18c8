import { once } from "node:events";
import { get as getPlain, type IncomingMessage } from "node:http";
import { Agent, createServer } from "node:https";
import { type AddressInfo, createServer as createMute } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueServer, newAuthority } from "#lib/cluster/certificates.ts";
import type { Cluster, Engine } from "#lib/gateway/cluster.ts";
import { forward } from "#lib/gateway/forward.ts";
import { ask } from "#lib/gateway/http-client.ts";
import { freePort } from "#tests/support/free-port.ts";
import { pretendFront } from "./pretended.ts";

/** Connections that have answered once; the next request on one of them finds it dead. */
const used = new WeakSet<object>();
let asked: string[] = [];

const { certificate, privateKey } = await issueServer(await newAuthority("test", 1), { dns: ["web"], ip: [] }, 1);
const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
  asked.push(`${request.method} ${request.url}`);
  if (used.has(request.socket)) return request.socket.destroy();
  used.add(request.socket);
  response.end("fine");
});
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
let engine: Engine;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  engine = { id: "n1", name: "web", host: "127.0.0.1", port, address: "127.0.0.1", labels: {}, leaving: false, agent };
});
afterAll(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

const say = async (method: string) => {
  // A connection is free again in the turn after its answer.
  await sleep(5);
  return ask(engine, { method, path: "/info", timeoutMs: 5_000 });
};

test("a question whose kept connection died is asked again on a new one; a change is not", async () => {
  asked = [];
  expect((await say("GET")).body.toString()).toBe("fine");
  expect((await say("GET")).body.toString()).toBe("fine");
  expect(asked).toEqual(["GET /info", "GET /info", "GET /info"]);
  await expect(say("POST")).rejects.toThrow();
  expect(asked.filter((line) => line.startsWith("POST"))).toHaveLength(1);
});

test("a node that takes a connection and says nothing costs a question its own patience, and no more", async () => {
  const mute = createMute().listen(0, "127.0.0.1");
  await once(mute, "listening");
  const silent = { ...engine, port: (mute.address() as AddressInfo).port, agent: new Agent({ keepAlive: true }) };
  const begun = performance.now();
  const asked = ask(silent, { path: "/info", timeoutMs: 200 });
  await expect(asked).rejects.toThrow("no answer within 200 ms");
  const leaving = new AbortController();
  const left = ask(silent, { path: "/info", timeoutMs: 5_000, signal: leaving.signal });
  leaving.abort(new Error("the client has gone"));
  await expect(left).rejects.toThrow("the client has gone");
  expect(performance.now() - begun).toBeLessThan(1_500);
  mute.close();
});

test("a node that refuses connections is said to, at once", async () => {
  const closed = { ...engine, port: await freePort(), agent: new Agent({ keepAlive: true }) };
  await expect(ask(closed, { path: "/info", timeoutMs: 5_000 })).rejects.toThrow("ECONNREFUSED");
});

test("a node that has moved is asked where it is now", async () => {
  const other = createServer({ cert: certificate, key: privateKey }, (_, response) => response.end("moved"));
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  await ask(engine, { path: "/info", timeoutMs: 5_000 });
  const moved = { ...engine, port: (other.address() as AddressInfo).port };
  expect((await ask(moved, { path: "/info", timeoutMs: 5_000 })).body.toString()).toBe("moved");
  other.closeAllConnections();
  other.close();
});

test("a client's question is passed on again as well", async () => {
  const cluster = { engines: [engine] } as Cluster;
  const front = await pretendFront(cluster, (call) => forward(call, engine));
  try {
    for (const _ of ["on a new connection", "on the one that has died"]) {
      const sent = getPlain({ host: "127.0.0.1", port: front.port, path: "/info" });
      const [answer] = (await once(sent, "response")) as [IncomingMessage];
      expect([answer.statusCode, await text(answer)]).toEqual([200, "fine"]);
    }
  } finally {
    front.stop();
  }
});
