import { describe, expect, test } from "vitest";
import { clusterState, isClusterDue } from "#lib/engine/cluster.ts";
import type { EnvironmentRow } from "#lib/engine/types.ts";
import { node } from "./scene.ts";

const now = new Date("2026-11-23T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const member = node({ state: "ready", packages: ["docker"], frontExpiresAt: null, front: "f", swarmId: "s" });

type Known = Parameters<typeof clusterState>[0];
const seen = (seconds: number, state: EnvironmentRow["state"] = "starting"): Known => ({
  state,
  clusterSeenAt: ago(seconds),
  clusterTrouble: null,
  clusterTroubleAt: null,
});
const inTrouble = (since: number, looked: number, state: EnvironmentRow["state"] = "starting"): Known => ({
  ...seen(looked, state),
  clusterTrouble: "one does not answer",
  clusterTroubleAt: ago(since),
});
const unseen: Known = { ...seen(0), clusterSeenAt: null };

describe("an environment whose nodes all run", () => {
  test.each<[string, Known, string]>([
    ["is not yet running before its cluster was seen", unseen, "provisioning"],
    ["runs once its cluster was seen", seen(1), "running"],
    ["is not called degraded for what engines lack that have just been started", inTrouble(10, 1), "provisioning"],
    ["is degraded when that lasts", inTrouble(40, 1), "degraded"],
    ["is degraded at once when its cluster ran", inTrouble(1, 1, "running"), "degraded"],
    ["stays degraded until its cluster is well", inTrouble(5, 1, "degraded"), "degraded"],
  ])("%s", (_, known, state) => {
    expect(clusterState(known, [member], now)).toBe(state);
  });

  test("runs without being looked at when it has no Docker", () => {
    expect(clusterState(unseen, [node({ state: "ready" })], now)).toBe("running");
  });
});

test.each<[string, Known, boolean]>([
  ["is looked at when it was not seen yet", unseen, true],
  ["is left alone for half a minute when it is well", seen(20), false],
  ["is looked at after that", seen(31), true],
  ["is looked at again soon when its trouble is new", inTrouble(10, 4), true],
  ["is not looked at without a pause", inTrouble(10, 2), false],
  ["is looked at every half minute when its trouble lasts", inTrouble(300, 20), false],
])("a cluster %s", (_, known, due) => {
  expect(isClusterDue({ ...known, wish: "run" }, [member], now)).toBe(due);
});
