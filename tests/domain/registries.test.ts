import { afterAll, beforeAll, expect, test } from "vitest";
import { seedAccount } from "#tests/support/account.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test("a registry's kept password is sent to no other registry: it is asked for anew", async () => {
  const { token } = await seedAccount();
  const wish = { name: "files", url: "http://127.0.0.1:1/team", username: "ada", password: "hunter22", email: "" };
  const call = (method: string, path: string, body: object) => server.call(method, path, { token, body });
  const { body } = await call("POST", "/integrations/docker-hub", wish);
  const { id, integration_meta } = [body].flat()[0];
  const masked = integration_meta.password;
  expect(masked).toMatch(/^[^h]+$/);
  const path = `/integrations/docker-hub/${id}`;
  const elsewhere = await call("PUT", path, { ...wish, password: masked, url: "http://127.0.0.2:1" });
  expect([elsewhere.status, problemsOf(elsewhere)[0]?.message]).toEqual([422, expect.stringContaining("needed anew")]);
  const again = await call("PUT", path, { ...wish, password: masked, url: "http://127.0.0.1:1" });
  expect(again.status, again.text).toBe(200);
});
