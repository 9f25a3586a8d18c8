import { expect, test } from "vitest";
import { straysOf } from "#lib/engine/strays.ts";
import { listing, node } from "./scene.ts";

const attempt = "a".repeat(32);
const seen = (id: string) => listing({ attempt, id, state: "running" });

test("a second server of an attempt whose first is known is a stray", () => {
  const strays = straysOf("e1", [node({ attempt, serverId: "i-1" })], seen("i-2"));
  expect(strays.map(({ id }) => id)).toEqual(["i-2"]);
});

test("a late server of an attempt that was given up is a stray", () => {
  expect(straysOf("e1", [node({ attempt: "b".repeat(32) })], seen("i-1"))).toHaveLength(1);
  expect(straysOf("e1", [], seen("i-1"))).toHaveLength(1);
});

test("a server whose launch was not answered yet is its node's", () => {
  expect(straysOf("e1", [node({ attempt, serverId: null })], seen("i-1"))).toEqual([]);
});

test("a known server is its node's, and another environment's is none of ours", () => {
  expect(straysOf("e1", [node({ attempt, serverId: "i-1" })], seen("i-1"))).toEqual([]);
  expect(straysOf("e2", [], seen("i-1"))).toEqual([]);
});
