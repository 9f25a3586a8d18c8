import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookieSecret } from "#lib/auth/cookies.ts";
import { beginWebSession, endSession } from "#lib/auth/sessions.ts";
import { db } from "#lib/db/client.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { type Estate, seedEstate } from "#tests/support/requests.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let estate: Estate;
let sessionId: string;
let cookie: string;

beforeAll(async () => {
  server = await startTestServer();
  estate = await seedEstate();
  const { user, organisation } = estate.ctx;
  sessionId = await beginWebSession(db(), { userId: user.id, organisationId: organisation.id });
  cookie = `next-auth.session-token=${await encode({ token: { sessionId }, secret: cookieSecret() })}`;
});
afterAll(() => server.close());

const environment = () => `/environments/${estate.ids.environments}`;
const send = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
  server.call(method, path, { headers: { cookie, ...headers }, body });
const state = async () => (await send("GET", environment())).body.wish;

describe("a browser's cookie", () => {
  test("reads", async () => {
    const answer = await send("GET", environment());
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.id).toBe(estate.ids.environments);
  });

  test("cannot stop, start or delete by GET or HEAD: 405 with Allow: POST, and nothing has changed", async () => {
    for (const verb of ["stop", "start", "delete"])
      for (const method of ["GET", "HEAD"]) {
        const answer = await send(method, `${environment()}/${verb}`, { origin: server.url });
        expect(answer.status, verb).toBe(405);
        expect(answer.headers.get("allow")).toBe("POST");
        if (method === "GET") expect(problemsOf(answer)[0]!.code).toBe("method_not_allowed");
      }
    expect(await state()).toBe("run");
  });

  test("changes nothing from another site's page, whatever that says", async () => {
    const foreign: Record<string, string>[] = [
      {},
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `${server.url}.evil.example` },
      { origin: server.url, "sec-fetch-site": "cross-site" },
      { origin: server.url, "sec-fetch-site": "same-site" },
      { origin: server.url.replace("http://", "http://evil@") + "x" },
    ];
    for (const headers of foreign) {
      for (const [method, path] of [
        ["POST", `${environment()}/stop`],
        ["DELETE", environment()],
        ["PUT", environment()],
        ["POST", "/applications"],
      ] as const) {
        const answer = await send(method, path, headers, method === "DELETE" ? undefined : {});
        expect(answer.status, JSON.stringify(headers)).toBe(403);
        expect(problemsOf(answer)[0]!.code).toBe("forbidden");
      }
    }
    expect(await state()).toBe("run");
  });

  test("changes from our own pages", async () => {
    const byOrigin = await send("POST", `${environment()}/stop`, { origin: server.url });
    expect(byOrigin.status, byOrigin.text).toBe(200);
    expect(await state()).toBe("stop");
    const byFetchSite = await send("POST", `${environment()}/start`, { "sec-fetch-site": "same-origin" });
    expect(byFetchSite.status).toBe(200);
    expect(await state()).toBe("run");
  });

  test("that was tampered with, or signed by another secret, is none", async () => {
    const foreign = await encode({ token: { sessionId }, secret: "another secret" });
    const bare = sessionId;
    for (const value of [foreign, bare, `${cookie.split("=")[1]}x`]) {
      const answer = await send("GET", environment(), { cookie: `next-auth.session-token=${value}` });
      expect(answer.status).toBe(401);
    }
  });

  test("ends with its session row", async () => {
    await endSession(db(), sessionId);
    expect((await send("GET", environment())).status).toBe(401);
  });
});

test("a token's HEAD of the GETs that change something changes nothing", async () => {
  for (const verb of ["stop", "start", "delete"]) {
    const answer = await server.call("HEAD", `${environment()}/${verb}`, { token: estate.token });
    expect(answer.status, verb).toBe(405);
  }
  const { body } = await server.call("GET", environment(), { token: estate.token });
  expect(body.wish).toBe("run");
});

test("a token's GET of them works, as the reference says", async () => {
  const answer = await server.call("GET", `${environment()}/stop`, { token: estate.token });
  expect(answer.status).toBe(200);
  expect(answer.body.state).toBe("stopping");
});
