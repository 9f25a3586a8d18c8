import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { audit, passwordResets, users } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import { seedAccount } from "#tests/support/account.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { type MailServer, startMailServer } from "#tests/support/mail-server.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

// What a password costs is another test's.
vi.mock("#lib/auth/passwords.ts", () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  verifyPassword: async (password: string, stored: string | null) => `hash of ${password}` === stored,
}));

let server: TestServer;
let mail: MailServer;

beforeAll(async () => {
  mail = await startMailServer();
  process.env.SMTP_URL = mail.url;
  process.env.CLOUDHERO_PUBLIC_URL = "https://cloudhero.example";
  process.env.CLOUDHERO_REGISTRATION = "open";
  server = await startTestServer({ worker: true });
});
afterAll(async () => {
  delete process.env.SMTP_URL;
  delete process.env.CLOUDHERO_PUBLIC_URL;
  await server.close();
  await mail.close();
});

const password = "a long password";
const post = (path: string, body: object, token?: string) => server.call("POST", path, { body, token });
const logIn = async (email: string, secret = password): Promise<string | undefined> =>
  (await post("/accounts/login", { email, password: secret })).body[0].refreshing_token;
const isIn = async (token: string) => (await server.call("GET", "/accounts/me", { token })).status === 200;

async function register(): Promise<string> {
  const email = `${newId()}@example.com`;
  const body = { email, password, password_confirm: password, name: "Company" };
  expect((await post("/accounts/register", body)).status).toBe(200);
  return email;
}
async function mailedToken(email: string): Promise<string> {
  const { text } = await mail.letterTo(email);
  return /https:\/\/cloudhero\.example\/reset-password\/([\w-]+)/.exec(text)![1]!;
}

test("a mailed link sets a new password once, ends every session, and each organisation can read of it", async () => {
  const email = await register();
  const session = await logIn(email);
  expect((await post("/accounts/forgot-password", { email: email.toUpperCase() })).body).toEqual({ success: true });
  const token = await mailedToken(email);
  expect((await post("/accounts/reset-password", { token, password: "short" })).status).toBe(422);
  const both = await Promise.all(
    [1, 2].map(() => post("/accounts/reset-password", { token, password: "the new one" })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  expect(await isIn(session!)).toBe(false);
  expect(await logIn(email)).toBeUndefined();
  expect(await logIn(email, "the new one")).toBeDefined();
  const told = await db().select().from(audit).where(eq(audit.actor, email));
  expect(told.map(({ action }) => action)).toContain("password.reset");
});

test("a link ends after an hour, and with the next one", async () => {
  const email = await register();
  await post("/accounts/forgot-password", { email });
  const first = await mailedToken(email);
  const sent = mail.received.length;
  await post("/accounts/forgot-password", { email });
  await expect.poll(() => mail.received.length, { timeout: 15_000 }).toBe(sent + 1);
  expect((await post("/accounts/reset-password", { token: first, password })).status).toBe(404);
  const [user] = await db().select().from(users).where(eq(users.email, email));
  const late = { expiresAt: new Date(Date.now() - 1000) };
  await db().update(passwordResets).set(late).where(eq(passwordResets.userId, user!.id));
  expect((await post("/accounts/reset-password", { token: await mailedToken(email), password })).status).toBe(404);
});

test("nobody learns whether an address has an account: the same answer, no letter, the same limit", async () => {
  const [known, unknown] = [await register(), `${newId()}@example.com`];
  const answers = async (email: string) => {
    const all: [number, string][] = [];
    for (let time = 0; time < 5; time++) {
      const { status, text } = await post("/accounts/forgot-password", { email });
      all.push([status, text]);
    }
    return all;
  };
  const ofKnown = await answers(known);
  expect(await answers(unknown)).toEqual(ofKnown);
  expect(ofKnown.map(([status]) => status)).toEqual([200, 200, 200, 429, 429]);
  await mail.letterTo(known);
  expect(mail.received.filter(({ to }) => to.includes(unknown))).toEqual([]);
});

test("a letter that the mail server refuses for now is sent again", { timeout: 60_000 }, async () => {
  const { token } = await seedAccount();
  const email = `${newId()}@example.com`;
  mail.refuse(1);
  const made = await post("/invitations", { email, role: "viewer" }, token);
  expect(made.body.mailed).toBe(true);
  await expect.poll(() => mail.received.some(({ to }) => to.includes(email)), { timeout: 50_000 }).toBe(true);
  expect((await mail.letterTo(email)).text).toContain(made.body.link);
});

test("no letter goes to an address that an address hides", async () => {
  const { token } = await seedAccount();
  for (const email of ["a@example.com,b@example.com", "a@example.com\r\nBcc: b@example.com", "A <b@example.com>"])
    expect((await post("/invitations", { email, role: "viewer" }, token)).status, email).toBe(422);
});

test("a password is changed for the present one, in a log-in, which alone goes on", async () => {
  const email = await register();
  const [own, other] = [await logIn(email), await logIn(email)];
  const change = (body: object, token: string) => post("/accounts/password", body, token);
  const wrong = await change({ current_password: "not that", password: "the new one" }, own!);
  expect([wrong.status, problemsOf(wrong)[0]!.field]).toEqual([422, "current_password"]);
  expect((await change({ password: "the new one" }, own!)).status).toBe(422);
  expect((await change({ current_password: password, password: "the new one" }, own!)).status).toBe(200);
  expect([await isIn(own!), await isIn(other!)]).toEqual([true, false]);
  expect(await logIn(email, "the new one")).toBeDefined();
  const { token } = await seedAccount();
  expect((await change({ current_password: password, password: "the new one" }, token)).status).toBe(403);
});

test("guesses at the present password are limited as log-ins are", async () => {
  const email = await register();
  const own = await logIn(email);
  const guesses = Array.from({ length: 12 }, (_, index) =>
    post("/accounts/password", { current_password: `guess ${index}`, password: "the new one" }, own),
  );
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 422)).toHaveLength(10);
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
});

test("who logs in elsewhere alone has no password to guess, and sets a first one without", async () => {
  const email = await register();
  const own = await logIn(email);
  await db().update(users).set({ passwordHash: null }).where(eq(users.email, email));
  for (const guess of ["", "null", password]) expect(await logIn(email, guess || " ")).toBeUndefined();
  expect((await post("/accounts/password", { password: "the first one" }, own)).status).toBe(200);
  expect(await logIn(email, "the first one")).toBeDefined();
});

test("one's own sessions are listed and ended, nobody else's, and never by a persistent token", async () => {
  const email = await register();
  const [own, other] = [await logIn(email), await logIn(email)];
  const { body: listed } = await server.call("GET", "/accounts/sessions", { token: own });
  const ending = listed.find(({ current, kind }: { current: boolean; kind: string }) => !current && kind === "script");
  expect(listed.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
  const stranger = await logIn(await register());
  const end = (token: string) => server.call("DELETE", `/accounts/sessions/${ending.id}`, { token });
  expect((await end(stranger!)).status).toBe(404);
  expect(await isIn(other!)).toBe(true);
  const sessions = listed.length;
  expect((await end(own!)).status).toBe(200);
  expect((await server.call("GET", "/accounts/sessions", { token: own })).body).toHaveLength(sessions - 1);
  expect((await server.call("GET", "/accounts/sessions", { token: (await seedAccount()).token })).status).toBe(403);
});

test("without a mail server the refusal names the operator's command", async () => {
  delete process.env.SMTP_URL;
  const answer = await post("/accounts/forgot-password", { email: "somebody@example.com" });
  process.env.SMTP_URL = mail.url;
  expect(answer.status).toBe(409);
  expect(problemsOf(answer)[0]!.message).toContain("npm run reset-password");
});
