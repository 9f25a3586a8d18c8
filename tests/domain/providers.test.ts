import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let first: Account;
let second: Account;
let engine: Server;
const folder = mkdtempSync(join(tmpdir(), "cloudhero-engine-"));
const host = `unix://${folder}/engine.sock`;

/** As much of a Docker engine as being added takes. */
const answers: Record<string, unknown> = {
  "/_ping": "OK",
  "/info": {
    ID: "ENGINE",
    Name: "laptop",
    ServerVersion: "20.10",
    OSType: "linux",
    Architecture: "x86_64",
    NCPU: 2,
    MemTotal: 4e9,
  },
};

beforeAll(async () => {
  engine = createServer((request, response) => {
    const answer = answers[(request.url ?? "").replace(/^\/v[\d.]+/, "").split("?")[0]!];
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => engine.listen(`${folder}/engine.sock`, resolve));
  process.env.CLOUDHERO_DOCKER_HOST = host;
  server = await startTestServer();
  first = await seedAccount();
  second = await seedAccount();
});
afterAll(async () => {
  delete process.env.CLOUDHERO_DOCKER_SHARED;
  await server.close();
  await new Promise((resolve) => engine.close(resolve));
  rmSync(folder, { recursive: true });
});

const add = ({ token }: Account, change: object = {}) =>
  server.call("POST", "/providers", {
    token,
    body: { cloud_provider: "docker", provider_name: "laptop", host, ...change },
  });

test("this machine's own engine is for the first account alone, unless the operator says otherwise", async () => {
  const refused = await add(second);
  expect([refused.status, refused.body.errors[0].code]).toEqual([403, "forbidden"]);
  const added = await add(first);
  expect(added.status, added.text).toBe(200);
  expect(added.body).toMatchObject({ provider_type: "docker", name: "laptop", provider_meta: { host }, trouble: null });
  process.env.CLOUDHERO_DOCKER_SHARED = "true";
  expect((await add(second)).status).toBe(200);
  delete process.env.CLOUDHERO_DOCKER_SHARED;
});

test("nobody reaches another socket or this machine's own addresses, whoever they say named the host", async () => {
  process.env.CLOUDHERO_DIAL_ALLOW = "192.0.2.0/24";
  const tls = { ca: "x", cert: "x", key: "x" };
  for (const [other, status] of [
    ["unix:///var/run/other.sock", 422],
    [`${host}/../engine.sock`, 422],
    ["tcp://127.0.0.1:2376", 422],
    ["tcp://169.254.169.254:80", 422],
    ["http://127.0.0.1:2375", 422],
  ] as const)
    for (const account of [first, second]) {
      const answer = await add(account, { provider_name: "other", host: other, origin: "ours", ...tls });
      expect(answer.status, `${other}: ${answer.text}`).toBe(status);
      expect(answer.body.errors[0].field).toBe("host");
    }
  process.env.CLOUDHERO_DIAL_ALLOW = "127.0.0.0/8";
});

test("a host that is wrong is 422 with the engine's own words; one where nothing listens too", async () => {
  const tls = { provider_name: "remote", ca: "x", cert: "x", key: "x" };
  const answer = await add(first, { ...tls, host: "tcp://127.0.0.1:1" });
  expect(answer.status).toBe(422);
  expect(answer.body.errors[0]).toMatchObject({ code: "invalid", field: "host", message: expect.stringMatching(/./) });
});

test("a name is used once per type of cloud, in any case", async () => {
  const again = await add(first, { provider_name: "LAPTOP" });
  expect([again.status, again.body.errors[0].field]).toEqual([409, "provider_name"]);
});

test("the spelling of a type and an unknown one", async () => {
  const unknown = await add(first, { cloud_provider: "azure" });
  expect([unknown.status, unknown.body.errors[0].field]).toEqual([422, "cloud_provider"]);
  for (const cloud_provider of ["digitalocean", "digital_ocean"]) {
    const missing = await add(first, { cloud_provider, host: undefined });
    expect([missing.status, missing.body.errors[0].field]).toEqual([422, "access_token"]);
  }
});
