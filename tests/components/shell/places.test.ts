import { expect, test } from "vitest";
import { placesFor } from "#components/shell/places.ts";
import { pagePaths } from "../../support/pages.ts";

/** Reached from the menu of the user. */
const elsewhere = ["/dashboard/account"];

const hrefs = placesFor("owner").flatMap(({ places }) => places.map(({ href }) => href));

test("every place of the navigation is a page", () =>
  expect(hrefs.filter((href) => !pagePaths.includes(href))).toEqual([]));

test("every first page of the dashboard is a place of the navigation", () => {
  const first = pagePaths.filter((path) => /^\/dashboard(\/[a-z-]+)?$/.test(path) && !elsewhere.includes(path));
  expect(first.filter((path) => !hrefs.includes(path))).toEqual([]);
});

test("a role sees what it may enter: the audit log is for admins and up", () => {
  const seenBy = (role: "viewer" | "admin") =>
    placesFor(role).flatMap(({ places }) => places.map(({ label }) => label));
  expect(seenBy("viewer")).not.toContain("Audit log");
  expect(seenBy("admin")).toContain("Audit log");
});
