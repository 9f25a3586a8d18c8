import { once } from "node:events";
import { createServer as createPlain, get as getPlain, type IncomingMessage } from "node:http";
import { Agent, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueServer, newAuthority } from "#lib/cluster/certificates.ts";
import type { Call } from "#lib/gateway/call.ts";
import type { Engine } from "#lib/gateway/cluster.ts";
import { forward } from "#lib/gateway/forward.ts";
import { ask } from "#lib/gateway/http-client.ts";

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

const say = (method: string) => ask(engine, { method, path: "/info", timeoutMs: 5_000 });

test("a question whose kept connection died is asked again on a new one; a change is not", async () => {
  asked = [];
  expect((await say("GET")).body.toString()).toBe("fine");
  expect((await say("GET")).body.toString()).toBe("fine");
  expect(asked).toEqual(["GET /info", "GET /info", "GET /info"]);
  await expect(say("POST")).rejects.toThrow();
  expect(asked.filter((line) => line.startsWith("POST"))).toHaveLength(1);
});

test("a client's question is passed on again as well", async () => {
  const front = createPlain((request, response) => {
    const query = new URLSearchParams();
    const call = { request, response, method: request.method, path: request.url, version: "", query };
    const { signal } = new AbortController();
    forward({ ...call, signal } as unknown as Call, engine).catch((error) =>
      response.writeHead(502).end(error.message),
    );
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  try {
    for (const _ of ["on a new connection", "on the one that has died"]) {
      const sent = getPlain({ host: "127.0.0.1", port: (front.address() as AddressInfo).port, path: "/info" });
      const [answer] = (await once(sent, "response")) as [IncomingMessage];
      expect([answer.statusCode, await text(answer)]).toEqual([200, "fine"]);
    }
  } finally {
    front.closeAllConnections();
    front.close();
  }
});
