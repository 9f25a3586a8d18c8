import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberships, tokens, users } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { resetPassword } from "#lib/domain/operator/reset-password.ts";
import { seedAccount } from "#tests/support/account.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
const email = "my@email.com";
const password = "secretpassword";
const registration = { email, password, password_confirm: password, name: "company name", user_name: email };
let issued: { persistent_token: string; refreshing_token: string };

beforeAll(async () => {
  process.env.CLOUDHERO_REGISTRATION = "open";
  server = await startTestServer();
  const answer = await server.call("POST", "/accounts/register", { body: registration });
  expect(answer.status, answer.text).toBe(200);
  issued = answer.body[0];
});
afterAll(() => server.close());

const register = (change: object) =>
  server.call("POST", "/accounts/register", { body: { ...registration, ...change } });
const accepts = async (token: string) => (await server.call("GET", "/applications", { token })).status === 200;

async function logIn(): Promise<string> {
  const answer = await server.call("POST", "/accounts/login", { body: { email, password } });
  expect(answer.status, answer.text).toBe(200);
  return answer.body[0].refreshing_token;
}

describe("registering", () => {
  test("answers exactly the reference's shape, and both tokens work", async () => {
    expect(issued).toEqual({
      persistent_token: expect.stringMatching(/^\d{38,39}$/),
      errors: [],
      refreshing_token: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(await accepts(issued.persistent_token)).toBe(true);
    expect(await accepts(issued.refreshing_token)).toBe(true);
  });

  test("makes its user the owner", async () => {
    const { body } = await server.call("GET", "/members", { token: issued.persistent_token });
    expect(body).toMatchObject([{ email, role: "owner" }]);
  });

  test("refuses an address that is taken, in any case, also when both come at once", async () => {
    const again = await register({ email: "MY@Email.com" });
    expect(again.status).toBe(409);
    expect(problemsOf(again, true)).toMatchObject([{ code: "conflict", field: "email" }]);
    const both = await Promise.all([register({ email: "twin@email.com" }), register({ email: "Twin@email.com" })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const rows = await db().select().from(memberships).innerJoin(users, eq(users.id, memberships.userId));
    expect(rows.filter((row) => row.users.email === "twin@email.com")).toHaveLength(1);
  });

  test("refuses what it cannot take, naming the field", async () => {
    const cases: [object, string][] = [
      [{ password: "too short", password_confirm: "too short" }, "password"],
      [{ password_confirm: "another one" }, "password_confirm"],
      [{ email: "nobody" }, "email"],
      [{ name: " " }, "name"],
      [{ name: undefined }, "name"],
    ];
    for (const [change, field] of cases) {
      const answer = await register({ email: "new@email.com", ...change });
      expect(answer.status, field).toBe(422);
      expect(problemsOf(answer, true)).toMatchObject([{ code: "invalid", field }]);
    }
  });
});

describe("a token", () => {
  test("is taken from all three headers", async () => {
    const { persistent_token, refreshing_token } = issued;
    for (const token of [persistent_token, refreshing_token])
      for (const headers of [
        { "Authentication-Token": token },
        { Authorization: token },
        { Authorization: `Bearer ${token}` },
        { Authorization: `bearer ${token}` },
      ] as Record<string, string>[])
        expect((await server.call("GET", "/applications", { headers })).status, Object.keys(headers)[0]).toBe(200);
  });

  test("ends when it expires, and when it is revoked", async () => {
    const { ctx, token } = await seedAccount();
    const made = await server.call("POST", "/tokens", { token, body: { name: "a", expires_in_days: 1 } });
    const { id, persistent_token } = made.body;
    expect(await accepts(persistent_token)).toBe(true);
    await db()
      .update(tokens)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(tokens.id, id));
    expect(await accepts(persistent_token)).toBe(false);
    await db().update(tokens).set({ expiresAt: null }).where(eq(tokens.id, id));
    expect(await accepts(persistent_token)).toBe(true);
    expect((await server.call("DELETE", `/tokens/${id}`, { token })).status).toBe(200);
    expect(await accepts(persistent_token)).toBe(false);
    expect(ctx.role).toBe("owner");
  });
});

describe("a refreshing token", () => {
  test("comes in register's shape, and ends with its log-out, which ends no other", async () => {
    const [one, other] = [await logIn(), await logIn()];
    const answer = await server.call("POST", "/accounts/logout", { token: one });
    expect(answer.body).toEqual({ success: true });
    expect(await accepts(one)).toBe(false);
    expect(await accepts(other)).toBe(true);
  });

  test("ends with its refresh, which two at once get once", async () => {
    const token = await logIn();
    const both = await Promise.all([1, 2].map(() => server.call("POST", "/accounts/refresh", { token })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const [fresh] = both.find(({ status }) => status === 200)!.body;
    expect(Object.keys(fresh).sort()).toEqual(["errors", "persistent_token", "refreshing_token"]);
    expect(await accepts(token)).toBe(false);
    expect(await accepts(fresh.refreshing_token)).toBe(true);
  });

  test("cannot be had for a persistent token, whose role and end it would exceed", async () => {
    const answer = await server.call("POST", "/accounts/refresh", { token: issued.persistent_token });
    expect(answer.status).toBe(403);
    problemsOf(answer, true);
  });

  test("ends with a new password; persistent ones stay", async () => {
    const token = await logIn();
    await resetPassword(db(), email, "another password");
    expect(await accepts(token)).toBe(false);
    expect(await accepts(issued.refreshing_token)).toBe(false);
    expect(await accepts(issued.persistent_token)).toBe(true);
    const old = await server.call("POST", "/accounts/login", { body: { email, password } });
    expect(old.status).toBe(401);
    await resetPassword(db(), email, password);
    expect(await accepts(await logIn())).toBe(true);
  });
});
