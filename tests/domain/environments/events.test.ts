import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { memberships } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { appendEvents, followers } from "#lib/db/events.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { type Place, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { type Followed, followServer } from "#tests/support/follow.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let account: Account;
let place: Place;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  account = await seedAccount();
  place = await seedPlace(account.ctx);
});
afterAll(() => server.close());
beforeEach(async () => {
  id = await seedEnvironment(place);
});

const follow = (headers: Record<string, string> = {}): Promise<Followed> =>
  followServer(`${server.url}/environments/${id}/events`, { "authentication-token": account.token, ...headers });
const say = (message: string) => appendEvents(db(), id, [{ kind: "log", nodeName: "web", message }]);
const messages = (followed: Followed) =>
  followed.events.filter(({ event }) => event === "log").map(({ data }) => data.message);

test("are sent as they are committed, each with its id, kind and message", async () => {
  const followed = await follow();
  expect(followed.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  await followed.until(({ events }) => events.length === 1);
  expect(followed.events[0]).toMatchObject({
    event: "environment",
    data: { environmentId: id, data: { state: "pending" } },
  });
  await say("hello\nwith: a line break\r\n\r\ndata: and a forgery");
  await followed.until(({ events }) => events.length === 2);
  const [, said] = followed.events;
  expect(said).toMatchObject({
    event: "log",
    data: { nodeName: "web", message: "hello\nwith: a line break\r\n\r\ndata: and a forgery" },
  });
  expect(Number(said!.id)).toBe(said!.data.id);
  await followed.close();
});

test("resume after Last-Event-ID, or after=, without loss or repetition, however often the line breaks", async () => {
  const wanted = Array.from({ length: 60 }, (_, index) => `line ${index}`);
  const saying = (async () => {
    for (const line of wanted) {
      await say(line);
      await sleep(5);
    }
  })();
  const seen: Followed["events"] = [];
  while (seen.filter(({ event }) => event === "log").length < wanted.length) {
    const last = seen.at(-1)?.id;
    const followed = await follow(last ? { "last-event-id": last } : {});
    await followed.until(({ events }) => events.length >= 7 || events.at(-1)?.data.message === wanted.at(-1));
    seen.push(...followed.events);
    await followed.close();
  }
  await saying;
  expect(seen.filter(({ event }) => event === "log").map(({ data }) => data.message)).toEqual(wanted);
  expect(new Set(seen.map((event) => event.id)).size).toBe(seen.length);
  const byQuery = await followServer(`${server.url}/environments/${id}/events?after=${seen.at(-3)!.id}`, {
    "authentication-token": account.token,
  });
  await byQuery.until(({ events }) => events.length === 2);
  expect(byQuery.events).toEqual(seen.slice(-2));
  await byQuery.close();
});

test("are not lost where one that began earlier is committed later", async () => {
  const followed = await follow();
  let commitFirst = () => {};
  const held = new Promise<void>((resolve) => {
    commitFirst = resolve;
  });
  const first = db().transaction(async (tx) => {
    await appendEvents(tx, id, [{ kind: "log", message: "first" }]);
    await held;
  });
  await sleep(100);
  const second = say("second");
  await Promise.race([second, sleep(300)]);
  commitFirst();
  await Promise.all([first, second]);
  await followed.until(() => messages(followed).length === 2, 3_000);
  expect(messages(followed).sort()).toEqual(["first", "second"]);
  await followed.close();
});

test("come in order and whole from many writers at once", async () => {
  const followed = await follow();
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let line = 0; line < 10; line++) await say(`${writer}: ${line}`);
  });
  await Promise.all(writers);
  await followed.until(() => messages(followed).length === 80);
  const ids = followed.events.map((event) => Number(event.id));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  for (let writer = 0; writer < 8; writer++) {
    const mine = messages(followed).filter((message) => message.startsWith(`${writer}:`));
    expect(mine).toEqual(Array.from({ length: 10 }, (_, line) => `${writer}: ${line}`));
  }
  await followed.close();
});

test("end when the client goes, and nobody listens on", async () => {
  const all = await Promise.all([follow(), follow(), follow()]);
  for (const followed of all) await followed.until(({ events }) => events.length === 1);
  expect(followers(id)).toBe(3);
  for (const followed of all) await followed.close();
  for (let tries = 0; tries < 50 && followers(id) > 0; tries++) await sleep(50);
  expect(followers(id)).toBe(0);
});

test("end soon after the membership by which they were asked for", async () => {
  const member = await seedMember(account.ctx.organisation, "viewer");
  const theirs = await follow({ "authentication-token": member.token });
  const ours = await follow();
  await theirs.until(({ events }) => events.length === 1);
  await expect.poll(() => followers(id)).toBe(2);
  await db().delete(memberships).where(eq(memberships.userId, member.ctx.user.id));
  await expect.poll(() => followers(id), { timeout: 10_000 }).toBe(1);
  await say("after");
  await ours.until((followed) => messages(followed).includes("after"));
  expect(messages(theirs)).toEqual([]);
  await ours.close();
  await theirs.close();
});

test("are for the organisation alone", async () => {
  const stranger = await seedAccount();
  const answer = await server.call("GET", `/environments/${id}/events`, { token: stranger.token });
  expect(answer.status).toBe(404);
  expect(followers(id)).toBe(0);
});
