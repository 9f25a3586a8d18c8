import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dispatch } from "#lib/bin/dispatch.ts";
import { type Handler, routeTable } from "#lib/bin/routes.ts";

const GET: Handler = async (request, { params }) =>
  Response.json(
    { ...(await params), peer: request.headers.get("x-cloudhero-peer"), url: request.url },
    { status: 201 },
  );
const POST: Handler = async (request) => new Response(await request.text());
const throws: Handler = async () => {
  throw new Error("a password of somebody");
};

let aborted = false;
let arrive: () => void;
const arrived = new Promise<void>((resolve) => {
  arrive = resolve;
});
const waits: Handler = (request) =>
  new Promise((resolve) => {
    arrive();
    request.signal.addEventListener("abort", () => {
      aborted = true;
      resolve(new Response());
    });
  });

const table = routeTable([
  { segments: ["things", "[id]"], methods: { GET, POST } },
  { segments: ["broken"], methods: { GET: throws } },
  { segments: ["waits"], methods: { GET: waits } },
]);
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(
    dispatch(table, (request, response) => response.end(`page of ${request.headers["x-cloudhero-peer"]}`)),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test("a route's method answers, with its parameters and the peer's own address", async () => {
  const response = await fetch(`${url}/things/4%202?q=1`, { headers: { "X-CloudHero-Peer": "6.6.6.6" } });
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ id: "4 2", peer: "127.0.0.1", url: `${url}/things/4%202?q=1` });
  expect(await (await fetch(`${url}/things/1`, { method: "POST", body: "hello" })).text()).toBe("hello");
});

test("HEAD is GET without a body", async () => {
  const response = await fetch(`${url}/things/1`, { method: "HEAD" });
  expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
    201,
    "application/json",
    "",
  ]);
});

test("a method that a route lacks is refused with those it has", async () => {
  const response = await fetch(`${url}/things/1`, { method: "DELETE" });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST, HEAD, OPTIONS"]);
  expect(await response.json()).toMatchObject({ success: false, errors: [{ code: "method_not_allowed" }] });
});

test("OPTIONS says what a route takes", async () => {
  const response = await fetch(`${url}/broken`, { method: "OPTIONS" });
  expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
});

test("a path below the API's that is no route is a 404 in the API's words; others are pages", async () => {
  const response = await fetch(`${url}/things/1/2`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ success: false, errors: [{ code: "not_found" }] });
  expect(await (await fetch(`${url}/elsewhere`, { headers: { "x-cloudhero-peer": "6.6.6.6" } })).text()).toBe(
    "page of 127.0.0.1",
  );
});

test("a handler that throws answers 500 and says nothing of it", async () => {
  const response = await fetch(`${url}/broken`);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("password");
});

async function answerTo(lines: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(`${lines}\r\nConnection: close\r\n\r\n`);
  const [answer] = await once(socket, "data");
  return String(answer);
}

test("a Host header that is no host is a 400", async () => {
  expect(await answerTo("GET /things/1 HTTP/1.1\r\nHost: a b/c")).toMatch(/^HTTP\/1.1 400 .*"code":"malformed"/s);
});

test("what is neither a path nor an address is a 400, and no page", async () => {
  for (const target of ["*", "http://["])
    expect(await answerTo(`GET ${target} HTTP/1.1\r\nHost: x`)).toMatch(/^HTTP\/1.1 400 /);
  expect(await answerTo("GET http://x/elsewhere HTTP/1.1\r\nHost: x")).toMatch(/^HTTP\/1.1 200 .*page of/s);
});

test("a client that leaves aborts its request's signal", async () => {
  const leaving = new AbortController();
  const asked = fetch(`${url}/waits`, { signal: leaving.signal }).catch(() => null);
  await arrived;
  leaving.abort();
  await asked;
  await expect.poll(() => aborted).toBe(true);
});
