import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assetServer } from "#lib/bin/assets.ts";
import { compressFolder } from "#lib/bin/compress.mjs";

const SCRIPT = "export const answer = 42;\n".repeat(100);
let build: string;
let server: Server;

beforeAll(async () => {
  build = mkdtempSync(join(tmpdir(), "cloudhero-assets-"));
  mkdirSync(join(build, "static/chunks"), { recursive: true });
  writeFileSync(join(build, "secret.js"), "secret");
  writeFileSync(join(build, "static/chunks/app.js"), SCRIPT);
  writeFileSync(join(build, "static/chunks/tiny.js"), "1");
  writeFileSync(join(build, "static/chunks/font.woff2"), "font");
  await compressFolder(join(build, "static"));
  const serve = assetServer(build);
  server = createServer((asked, response) => serve(asked, response) || response.writeHead(404).end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.close();
  rmSync(build, { recursive: true, force: true });
});

async function get(path: string, accepted?: string, method = "GET") {
  const headers = accepted ? { "accept-encoding": accepted } : {};
  const asked = request({ port: (server.address() as AddressInfo).port, path, method, headers }).end();
  const [response] = await once(asked, "response");
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

test.each([
  ["gzip, deflate, br", "br", brotliDecompressSync],
  ["br;q=0.5, gzip;q=0.1", "br", brotliDecompressSync],
  ["gzip, br;q=0", "gzip", gunzipSync],
  ["zstd", undefined, (body: Buffer) => body],
  [undefined, undefined, (body: Buffer) => body],
])("to a browser that takes %s a script is sent as %s, whole", async (accepted, coding, decode) => {
  const { status, headers, body } = await get("/_next/static/chunks/app.js", accepted);
  expect([status, headers["content-encoding"], headers.vary]).toEqual([200, coding, "accept-encoding"]);
  expect(Number(headers["content-length"])).toBe(body.length);
  expect(decode(body).toString()).toBe(SCRIPT);
});

test("brotli at its best is smaller than gzip at its best, and both than the script", async () => {
  const sizes = await Promise.all(["br", "gzip", ""].map((accepted) => get("/_next/static/chunks/app.js", accepted)));
  const [br, gzip, plain] = sizes.map(({ body }) => body.length);
  expect(br).toBeLessThan(gzip!);
  expect(gzip).toBeLessThan(plain!);
});

test("what a name says never changes, so it is kept for a year", async () => {
  const { headers } = await get("/_next/static/chunks/tiny.js", "br");
  expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(headers["content-encoding"]).toBeUndefined();
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect((await get("/_next/static/chunks/font.woff2")).headers["content-type"]).toBe("font/woff2");
});

test("HEAD says what GET would, and sends nothing", async () => {
  const { headers, body } = await get("/_next/static/chunks/app.js", "br", "HEAD");
  expect([headers["content-encoding"], body.length]).toEqual(["br", 0]);
});

test.each([
  "/_next/static/../secret.js",
  "/_next/static/%2e%2e/secret.js",
  "/secret.js",
  "/_next/static/chunks/app.js.br",
])("%s is nothing of the build's", async (path) => expect((await get(path)).status).toBe(404));

test("nothing is posted to a script", async () =>
  expect((await get("/_next/static/chunks/app.js", "br", "POST")).status).toBe(404));
