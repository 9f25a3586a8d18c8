import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { users } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { isRegistrationOpen } from "#lib/domain/accounts/register.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

vi.mock("#lib/auth/passwords.ts", () => ({ hashPassword: async () => "hashed" }));

let server: TestServer | undefined;
beforeEach(async () => {
  await server?.close();
  server = await startTestServer();
});
afterAll(() => server?.close());

let made = 0;
const register = () => {
  const email = `user${made++}@email.com`;
  const body = { email, password: "long enough", password_confirm: "long enough", name: "Company" };
  return server!.call("POST", "/accounts/register", { body });
};

test("open takes everybody", async () => {
  process.env.CLOUDHERO_REGISTRATION = "open";
  expect((await register()).status).toBe(200);
  expect(await isRegistrationOpen({ db: db() })).toBe(true);
  expect((await register()).status).toBe(200);
});

test("first takes one, also of five who come at once, and the page knows when it is over", async () => {
  process.env.CLOUDHERO_REGISTRATION = "first";
  expect(await isRegistrationOpen({ db: db() })).toBe(true);
  const all = await Promise.all(Array.from({ length: 5 }, register));
  expect(all.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
  expect(await db().select().from(users)).toHaveLength(1);
  expect(await isRegistrationOpen({ db: db() })).toBe(false);
  problemsOf(all.find(({ status }) => status === 403)!, true);
});

test("invite takes nobody", async () => {
  process.env.CLOUDHERO_REGISTRATION = "invite";
  expect(await isRegistrationOpen({ db: db() })).toBe(false);
  expect((await register()).status).toBe(403);
  expect(await db().select().from(users)).toHaveLength(0);
});

test("unset, it is open on loopback and first elsewhere", async () => {
  delete process.env.CLOUDHERO_REGISTRATION;
  expect((await register()).status).toBe(200);
  process.env.CLOUDHERO_HOST = "0.0.0.0";
  expect((await register()).status).toBe(403);
  delete process.env.CLOUDHERO_HOST;
  expect((await register()).status).toBe(200);
});
