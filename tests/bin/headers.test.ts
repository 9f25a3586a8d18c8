import { mkdtempSync, rmSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { productBuilt, type ServerProcess, spawnServer, untilReady } from "#tests/support/server-process.ts";

const behindTls = { "x-forwarded-proto": "https" };
const password = "a long password";

let dataDir: string;
let server: ServerProcess;

describe.runIf(productBuilt)("what a browser is told", () => {
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "cloudhero-headers-"));
    server = await spawnServer({ CLOUDHERO_DATA_DIR: dataDir, CLOUDHERO_TRUST_PROXY: "true" });
    await untilReady(server);
  });
  afterAll(async () => {
    server.child.kill("SIGTERM");
    await server.ended();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test.each(["/", "/login", "/signup", "/nowhere"])(
    "%s runs our own scripts and styles alone, by a nonce that is new each time",
    async (path) => {
      const [first, second] = [await fetch(`${server.url}${path}`), await fetch(`${server.url}${path}`)];
      const policy = first.headers.get("content-security-policy")!;
      expect(policy).toContain("default-src 'self'");
      expect(policy).not.toMatch(/unsafe-|\*|https?:/);
      expect(policy).not.toBe(second.headers.get("content-security-policy"));
      const nonce = /'nonce-([^']+)'/.exec(policy)![1]!;
      const html = await first.text();
      const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      expect(scripts.length).toBeGreaterThan(3);
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
      expect(html, "the policy blocks inline styles and handlers").not.toMatch(/<[a-z][^>]*\s(style|on[a-z]+)=/);
      expect(html).not.toContain("<style");
      await second.body?.cancel();
    },
  );

  test("nobody frames a page, guesses its type, or learns where one came from", async () => {
    const { headers } = await fetch(`${server.url}/login`);
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.has("x-powered-by")).toBe(false);
  });

  test("behind TLS the browser comes back by TLS for a year; without it nothing is said of that", async () => {
    const secure = await fetch(`${server.url}/login`, { headers: behindTls });
    expect(secure.headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
    expect((await fetch(`${server.url}/login`)).headers.has("strict-transport-security")).toBe(false);
  });

  test("the session's cookie is no script's, goes with no other site's form, and behind TLS only by TLS", async () => {
    const plain = await logIn({});
    expect(plain).toMatch(/^next-auth\.session-token=/);
    expect(plain).toMatch(/; HttpOnly/i);
    expect(plain).toMatch(/; SameSite=Lax/i);
    const secure = await logIn(behindTls);
    expect(secure).toMatch(/^__Secure-next-auth\.session-token=/);
    expect(secure).toMatch(/; Secure/i);
    expect(secure).toMatch(/; HttpOnly/i);
    expect(secure).toMatch(/; SameSite=Lax/i);
  });

  test("a page and its scripts travel compressed", async () => {
    const page = await raw("/login", { "accept-encoding": "gzip, br" });
    expect(page.headers["content-encoding"]).toBe("gzip");
    page.resume();
    const html = await (await fetch(`${server.url}/login`)).text();
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(html)![1]!;
    const sent = await raw(script, { "accept-encoding": "gzip, br" });
    expect([sent.statusCode, sent.headers["content-encoding"]]).toEqual([200, "br"]);
    sent.resume();
  });
});

const raw = (path: string, headers: Record<string, string>) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(`${server.url}${path}`, { headers }, resolve).on("error", reject);
  });

/** Makes an account, logs in to it as the log-in form does, and answers the session's cookie as it was set. */
async function logIn(headers: Record<string, string>): Promise<string> {
  const email = `${Math.random().toString(36).slice(2)}@example.com`;
  const account = { email, name: "Acme", password, password_confirm: password };
  const json = { "content-type": "application/json" };
  await fetch(`${server.url}/accounts/register`, { method: "POST", headers: json, body: JSON.stringify(account) });
  const asked = await fetch(`${server.url}/api/auth/csrf`, { headers });
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const cookie = asked.headers
    .getSetCookie()
    .map((set) => set.split(";")[0])
    .join("; ");
  const body = new URLSearchParams({ email, password, csrfToken, json: "true" });
  const answer = await fetch(`${server.url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { ...headers, cookie },
    body,
  });
  return answer.headers.getSetCookie().find((set) => set.includes("session-token="))!;
}
