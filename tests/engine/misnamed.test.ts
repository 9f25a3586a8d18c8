import { expect, test } from "vitest";
import { misnamedIn } from "#lib/engine/misnamed.ts";
import { listing, node } from "./scene.ts";

const attempt = "a".repeat(32);
const seen = listing({ attempt, id: "i-1", state: "running" });
const [server] = seen.servers;
const launched = (change: object = {}) =>
  node({ attempt, serverId: "i-1", hostname: "web", attemptAt: new Date(seen.begunAt.getTime() - 60_000), ...change });

test("a server that its launch did not come to name is given its node's name", () => {
  expect(misnamedIn([launched()], seen)).toEqual([{ id: "i-1", name: "web" }]);
});

test("one that has it, or has just been launched, or is on its way out, is left alone", () => {
  expect(misnamedIn([launched({ hostname: server!.name })], seen)).toEqual([]);
  expect(misnamedIn([launched({ attemptAt: seen.begunAt })], seen)).toEqual([]);
  expect(misnamedIn([launched({ state: "deleting" })], seen)).toEqual([]);
  expect(misnamedIn([launched({ deletedName: "web-DEL" })], seen)).toEqual([]);
  expect(misnamedIn([launched({ serverId: "i-2" })], seen)).toEqual([]);
});
