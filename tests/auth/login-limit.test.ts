import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db } from "#lib/db/client.ts";
import { verifyLogin } from "#lib/domain/accounts/login.ts";
import { AppError } from "#lib/errors.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

// What is counted here is attempts; what a password costs is another test's.
vi.mock("#lib/auth/passwords.ts", () => ({
  hashPassword: async (password: string) => password,
  verifyPassword: async (password: string, stored: string | null) => password === stored,
}));

let server: TestServer;
beforeAll(async () => {
  process.env.CLOUDHERO_REGISTRATION = "open";
  server = await startTestServer();
});
afterAll(() => server.close());

const attempt = (email: string, password: string, address = "192.0.2.1") =>
  verifyLogin({ db: db(), address }, { email, password }).then(
    () => "in",
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const counts = (results: string[]) =>
  Object.fromEntries([...Map.groupBy(results, (one) => one)].map(([key, all]) => [key, all.length]));

test("an account takes ten wrong passwords in 15 minutes, one after another or all at once, from anywhere", async () => {
  const guesses = Array.from({ length: 30 }, (_, index) =>
    attempt("guessed@email.com", `guess ${index}`, `192.0.2.${index}`),
  );
  expect(counts(await Promise.all(guesses))).toEqual({ unauthenticated: 10, rate_limited: 20 });
  expect(await attempt("GUESSED@email.com", "guess")).toBe("rate_limited");
  expect(await attempt("other@email.com", "guess")).toBe("unauthenticated");
});

test("an address takes fifty over all accounts", async () => {
  const guesses = Array.from({ length: 60 }, (_, index) => attempt(`user${index}@email.com`, "guess", "198.51.100.7"));
  expect(counts(await Promise.all(guesses))).toEqual({ unauthenticated: 50, rate_limited: 10 });
});

test("log-ins that succeed are not counted", async () => {
  const email = "often@email.com";
  const body = { email, password: "long enough", password_confirm: "long enough", name: "Company" };
  expect((await server.call("POST", "/accounts/register", { body })).status).toBe(200);
  for (let time = 0; time < 15; time++) expect(await attempt(email, "long enough", "203.0.113.9")).toBe("in");
});

test("the refusal is 429, and says how many seconds to wait", async () => {
  const body = { email: "guessed@email.com", password: "guess" };
  const answer = await server.call("POST", "/accounts/login", { body });
  expect(answer.status).toBe(429);
  const seconds = Number(answer.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(900);
  expect(problemsOf(answer, true)).toMatchObject([{ code: "rate_limited" }]);
});
