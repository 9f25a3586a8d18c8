import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadRoutes, type RouteTable } from "#lib/bin/routes.ts";

const FILES = [
  "healthz",
  "environments",
  "environments/plan",
  "environments/[id]",
  "environments/[id]/stop",
  "environments/[id]/nodes/[name]",
  "environments/latest/nodes/[name]",
  "(inner)/files/[...path]",
  "files/[one]/meta",
];

let folder: string;
let table: RouteTable;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cloudhero-routes-"));
  for (const path of FILES) {
    mkdirSync(join(folder, path), { recursive: true });
    const answer = `async () => new Response(${JSON.stringify(path)})`;
    writeFileSync(join(folder, path, "route.ts"), `export const GET = ${answer};\nexport const helper: number = 1;\n`);
  }
  table = await loadRoutes(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function found(path: string) {
  const match = table.match(path);
  if (!match) return null;
  const response = await match.methods.GET!(new Request("http://x/"), { params: Promise.resolve(match.params) });
  return [await response.text(), match.params];
}

test.each([
  ["/healthz", ["healthz", {}]],
  ["/environments", ["environments", {}]],
  ["/environments/", ["environments", {}]],
  ["/environments/plan", ["environments/plan", {}]],
  ["/environments/42", ["environments/[id]", { id: "42" }]],
  ["/environments/a%20b%2Fc", ["environments/[id]", { id: "a b/c" }]],
  ["/environments/42/stop", ["environments/[id]/stop", { id: "42" }]],
  ["/environments/42/nodes/web", ["environments/[id]/nodes/[name]", { id: "42", name: "web" }]],
  ["/environments/latest/nodes/web", ["environments/latest/nodes/[name]", { name: "web" }]],
  ["/files/a/meta", ["files/[one]/meta", { one: "a" }]],
  ["/files/a/b/c", ["(inner)/files/[...path]", { path: "a/b/c" }]],
])("%s goes to %j", async (path, route) => expect(await found(path)).toEqual(route));

test.each([
  "/",
  "/nowhere",
  "/environments/42/nothing",
  "/environments//stop",
  "/environments/%E0%A4%A",
  "/files",
  "/route.ts",
])("%s is no route", (path) => expect(table.match(path)).toBeNull());

test("a path below a route's first word is the API's, and nobody's page", () => {
  expect(["/environments/42/nothing", "/dashboard", "/"].map(table.owns)).toEqual([true, false, false]);
});

test("only methods count as methods", () => expect(Object.keys(table.match("/healthz")!.methods)).toEqual(["GET"]));
