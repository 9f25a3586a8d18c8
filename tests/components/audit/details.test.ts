import { expect, test } from "vitest";
import { detailLines, nameIn } from "#components/audit/details.ts";

test("changes come first with before and after; the name is said elsewhere", () => {
  const changes = { heal: { before: false, after: true }, packages: { before: [], after: ["nginx", "redis"] } };
  expect(detailLines({ name: "live", node: "web", nothing: null, changes, removedIds: ["a"] })).toEqual([
    { label: "heal", before: "no", after: "yes" },
    { label: "packages", before: "nothing", after: "nginx, redis" },
    { label: "node", after: "web" },
    { label: "removed ids", after: "a" },
  ]);
  expect(detailLines(null)).toEqual([]);
  expect(detailLines({ changes: null })).toEqual([]);
});

test("two states beside each other are changes too, of one thing or of several", () => {
  expect(detailLines({ email: "a@b.c", before: "viewer", after: "admin" }, "role")).toEqual([
    { label: "role", before: "viewer", after: "admin" },
  ]);
  expect(detailLines({ name: "live", before: { heal: false }, after: { heal: true, expiresAt: null } })).toEqual([
    { label: "heal", before: "no", after: "yes" },
    { label: "expires at", before: "nothing", after: "nothing" },
  ]);
});

test("an entry without a name of its own is called by its environment or server, which is then said once", () => {
  const request = { environment: "staging", method: "POST", path: "/containers/create" };
  expect(nameIn(request)).toBe("staging");
  expect(detailLines(request).map(({ label }) => label)).toEqual(["method", "path"]);
  expect([nameIn({ node: "db" }), nameIn({ name: "live", node: "db" }), nameIn({ status: 200 })]).toEqual([
    ...["db", "live", null],
  ]);
});
