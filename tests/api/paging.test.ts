import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applications, environments, nodes } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { type Place, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let account: Account;
let place: Place;
const total = 250;

beforeAll(async () => {
  server = await startTestServer();
  account = await seedAccount();
  place = await seedPlace(account.ctx);
  await seedMany(place, total);
  const stranger = await seedAccount();
  await seedMany(await seedPlace(stranger.ctx), 5);
});
afterAll(() => server.close());

async function seedMany({ ctx, providerId, applicationId }: Place, count: number): Promise<void> {
  const base = { organisationId: ctx.organisation.id, applicationId, providerId, region: "local", label: "label" };
  const rows = Array.from({ length: count }, (_, index) => ({
    ...base,
    id: newId(),
    name: `env ${index}${index % 50 === 0 ? " 100%_x" : ""}`,
    state: index % 5 === 0 ? ("stopped" as const) : ("running" as const),
  }));
  await db().insert(environments).values(rows);
  const node = { position: 0, name: "web", hostname: "web", size: "small", packages: [] };
  await db()
    .insert(nodes)
    .values(rows.map(({ id }) => ({ ...node, environmentId: id })));
}

/** Follows the Link headers from `path`, fifty pages at the most; answers the pages. */
async function follow(path: string): Promise<{ id: string; name: string }[][]> {
  const pages: { id: string; name: string }[][] = [];
  for (let next: string | undefined = path; next && pages.length < 50; ) {
    const answer: Awaited<ReturnType<TestServer["call"]>> = await server.call("GET", next, { token: account.token });
    expect(answer.status, answer.text).toBe(200);
    pages.push(answer.body);
    next = /^<(\/[^>]+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1];
  }
  return pages;
}

describe.each(["/environments", "application"])("%s", (kind) => {
  const path = () => (kind === "application" ? `/applications/${place.applicationId}/environments` : kind);

  test("is followed page by page to each row once, oldest first, and to nobody else's", async () => {
    const pages = await follow(`${path()}?limit=40`);
    expect(pages.map(({ length }) => length)).toEqual([40, 40, 40, 40, 40, 40, 10]);
    const ids = pages.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(total);
    expect(ids).toEqual(ids.toSorted());
  });

  test("keeps its filter from page to page", async () => {
    const stopped = await follow(`${path()}?limit=20&state=stopped`);
    expect(stopped.flat()).toHaveLength(50);
    const odd = await follow(`${path()}?limit=2&name=${encodeURIComponent("100%_x")}`);
    expect(odd.flat()).toHaveLength(5);
  });

  test("has a hundred rows unless asked, and ends without a Link", async () => {
    expect((await follow(path())).map(({ length }) => length)).toEqual([100, 100, 50]);
  });
});

test("what is made while somebody follows is found, and nothing is shown twice", async () => {
  const { ctx } = account;
  const many = Array.from({ length: 30 }, (_, index) => ({
    organisationId: ctx.organisation.id,
    name: `app ${index}`,
    type: "custom",
  }));
  await db().insert(applications).values(many);
  const first = await server.call("GET", "/applications?limit=20", { token: account.token });
  await db().insert(applications).values({ organisationId: ctx.organisation.id, name: "late", type: "custom" });
  const next = /<([^>]+)>/.exec(first.headers.get("link")!)![1]!;
  const second = await server.call("GET", next, { token: account.token });
  const ids = [...first.body, ...second.body].map(({ id }: { id: string }) => id);
  expect(ids).toHaveLength(32);
  expect(new Set(ids).size).toBe(32);
});

test("audit is paged from the newest back", async () => {
  for (let index = 0; index < 5; index++)
    await server.call("POST", "/applications", {
      token: account.token,
      body: { application_name: `audited ${index}` },
    });
  const pages = await follow("/audit?limit=2");
  const ids = pages.flat().map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(5);
  expect(ids).toEqual(ids.toSorted().reverse());
});
