import { expect, test } from "vitest";
import type { NodeRow } from "#lib/engine/types.ts";
import { untagged } from "#lib/engine/untagged.ts";
import { listing, node } from "./scene.ts";

const attempt = "a".repeat(32);
const mark = "cloudhero:environment = e1";
const seen = (lacks?: string[]) => {
  const shown = listing({ attempt, id: "i-1", state: "running" });
  return { ...shown, servers: shown.servers.map((server) => (lacks ? { ...server, lacks } : server)) };
};
const ready = (facts: Partial<NodeRow> = {}) => node({ attempt, serverId: "i-1", state: "ready", ...facts });

test("a node whose server lost its tags says so, with what to put back, until they are", () => {
  const said = untagged(ready(), seen([mark]));
  expect(said).toEqual({ drift: "untagged", error: expect.stringContaining(mark) });
  expect(untagged(ready(said), seen([mark]))).toEqual({});
  expect(untagged(ready({ ...said, error: null }), seen([mark]))).toEqual(said);
  for (const whole of [seen(), seen([])]) expect(untagged(ready(said), whole)).toEqual({ drift: null, error: null });
});

test("a server that a listing is late to show has lost nothing", () => {
  expect(untagged(ready(), seen([]))).toEqual({});
});

test("what failed keeps its reason, and other drift goes first", () => {
  const failed = { state: "failed", error: "step 3 failed" } as const;
  expect(untagged(ready(failed), seen([mark]))).toEqual({});
  expect(untagged(ready({ ...failed, drift: "untagged" }), seen())).toEqual({ drift: null });
  expect(untagged(ready({ state: "stopped", drift: "stopped", error: "stopped" }), seen([mark]))).toEqual({});
});

test("nothing is said of a server that goes, or that is not there", () => {
  expect(untagged(ready({ state: "deleting" }), seen([mark]))).toEqual({});
  expect(untagged(ready({ removal: "prune" }), seen([mark]))).toEqual({});
  expect(untagged(ready({ drift: "untagged" }), listing(null))).toEqual({});
});
