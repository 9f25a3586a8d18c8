import { afterAll, beforeAll, expect, test } from "vitest";
import { driver } from "#lib/db/client.ts";
import { type Ec2Emulator, startEc2Emulator } from "#tests/emulators/ec2/emulator.ts";
import { seedAccount } from "#tests/support/account.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

const password = "the password of the account";
const secretKey = "emulated/secret+key00000000000000000000";
const otherSecret = "another/secret+key000000000000000000000";

let server: TestServer;
let cloud: Ec2Emulator;

beforeAll(async () => {
  process.env.CLOUDHERO_REGISTRATION = "open";
  cloud = await startEc2Emulator({ consistencyLagMs: 0 });
  cloud.state.accounts[0]!.keys.set("AKIAOTHER00000000000", {
    secretKey: otherSecret,
    arn: "arn:aws:iam::123456789012:user/other",
  });
  process.env.CLOUDHERO_EC2_ENDPOINT = cloud.url;
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
  await cloud.close();
});

/** Every row of every table, the queue's too, as one text. */
async function dump(): Promise<string> {
  const sql = driver();
  const tables = await sql`select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const texts = await Promise.all(
    tables.map(
      ({ schema, name }) =>
        sql`select coalesce(string_agg(t::text, chr(10)), '') as text from ${sql(schema)}.${sql(name)} t`,
    ),
  );
  return texts.map(([row]) => row!.text).join("\n");
}

test("no token, password, cloud key or registry password is in the database in clear, nor in any later answer", async () => {
  const body = { email: "a@email.com", password, password_confirm: password, name: "Company" };
  const registered = (await server.call("POST", "/accounts/register", { body })).body[0];
  const token = registered.persistent_token as string;
  const shown = [
    registered.persistent_token,
    registered.refreshing_token,
    password,
    secretKey,
    otherSecret,
    "registry-password-of-20",
  ];
  const send = (method: string, path: string, sent?: unknown) =>
    server.call(method, path, { token, body: sent, headers: { "idempotency-key": `${method} ${path}` } });

  const ec2 = { cloud_provider: "ec2", provider_name: "aws", accessKey: "AKIAEMULATED00000000", secretKey };
  const provider = await send("POST", "/providers", ec2);
  expect(provider.status, provider.text).toBe(200);
  const { id } = provider.body[0];
  const rotated = await send("PUT", `/providers/${id}`, { accessKey: "AKIAOTHER00000000000", secretKey: otherSecret });
  expect(rotated.status, rotated.text).toBe(200);
  const hub = { name: "hub", username: "somebody", password: "registry-password-of-20", email: "user@email.net" };
  const registry = await send("POST", "/integrations/docker-hub", hub);
  expect(registry.status).toBe(200);
  const made = await send("POST", "/tokens", { name: "script" });
  shown.push(made.body.persistent_token);
  const session = (await server.call("POST", "/accounts/login", { body })).body[0].refreshing_token;
  const refreshed = await server.call("POST", "/accounts/refresh", {
    token: session,
    headers: { "idempotency-key": "r" },
  });
  shown.push(session, refreshed.body[0].refreshing_token);

  const all = await dump();
  expect(all).toContain("a@email.com");
  for (const secret of shown) {
    expect(secret.length).toBeGreaterThan(12);
    expect(all, secret).not.toContain(secret);
  }
  const listed = ["/providers", `/providers/${id}`, "/integrations", "/tokens", "/audit?limit=500", "/members"];
  const answers = await Promise.all(listed.map((path) => server.call("GET", path, { token })));
  const later = [...answers, provider, rotated, registry].map(({ text }) => text).join("\n");
  for (const secret of shown) expect(later, secret).not.toContain(secret);
});

test("a secret is answered as bullets, with its last 4 characters from 20 on; the mask sent back keeps it", async () => {
  const { token } = await seedAccount();
  const ec2 = { cloud_provider: "ec2", provider_name: "aws", accessKey: "AKIAEMULATED00000000", secretKey };
  const { body } = await server.call("POST", "/providers", { token, body: ec2 });
  const { id, provider_meta } = body[0];
  expect(provider_meta).toMatchObject({ accessKey: "AKIAEMULATED00000000", secretKey: "••••••••0000" });

  const kept = await server.call("PUT", `/providers/${id}`, {
    token,
    body: { ...provider_meta, provider_name: "renamed" },
  });
  expect(kept.status, kept.text).toBe(200);
  expect(kept.body).toMatchObject({ name: "renamed", provider_meta });
  cloud.calls.length = 0;
  expect((await server.call("GET", `/providers/${id}/meta`, { token })).status).toBe(200);
  expect(cloud.calls.some(({ code }) => code === "AuthFailure" || code === "SignatureDoesNotMatch")).toBe(false);

  const wrong = await server.call("PUT", `/providers/${id}`, { token, body: { secretKey: "wrong" } });
  expect(wrong.status).toBe(422);
  expect(wrong.body.errors[0]).toMatchObject({ code: "invalid", field: "accessKey" });
  expect((await server.call("GET", `/providers/${id}`, { token })).body.provider_meta).toEqual(provider_meta);

  const hub = { name: "hub", username: "somebody", password: "short" };
  const registry = await server.call("POST", "/integrations/docker-hub", { token, body: hub });
  expect(registry.body.integration_meta.password).toBe("••••••••");
  const [before] = await driver()`select password from integrations where id = ${registry.body.id}`;
  const path = `/integrations/docker-hub/${registry.body.id}`;
  expect((await server.call("PUT", path, { token, body: { ...hub, password: "••••••••" } })).status).toBe(200);
  const [after] = await driver()`select password from integrations where id = ${registry.body.id}`;
  expect(after!.password).toBe(before!.password);
  expect(
    (await server.call("PUT", path, { token, body: { ...hub, password: "a longer password, of 20" } })).body,
  ).toMatchObject({
    integration_meta: { password: "••••••••f 20" },
  });
});
