import { describe, expect, test } from "vitest";
import { type EnvironmentState, environmentStateOf, isAtRest, type NodeState, type Wish } from "#lib/model/states.ts";
import { cloudStateOf, stateAfterWish } from "#lib/model/transitions.ts";

describe("an environment's state", () => {
  const rows: [Wish, NodeState[], EnvironmentState][] = [
    ["run", ["pending", "pending"], "provisioning"],
    ["run", ["ready", "installing"], "provisioning"],
    ["run", ["ready", "ready"], "running"],
    ["run", ["ready", "failed"], "degraded"],
    ["run", ["failed", "failed"], "failed"],
    ["run", ["failed", "installing"], "provisioning"],
    ["run", ["starting", "ready"], "starting"],
    ["run", ["ready", "deleting"], "provisioning"],
    ["stop", ["stopping", "stopped"], "stopping"],
    ["stop", ["stopped", "failed"], "stopped"],
    ["delete", ["deleting", "deleted"], "deleting"],
    ["delete", ["deleted", "deleted"], "deleted"],
  ];
  test.each(rows)("wished to %s with nodes %j is %s", (wish, nodes, state) => {
    expect(environmentStateOf(wish, nodes, true)).toBe(state);
  });

  test("is pending until the first call to the cloud", () => {
    expect(environmentStateOf("run", ["pending"], false)).toBe("pending");
  });

  test("is degraded where a server was stopped behind our back", () => {
    expect(environmentStateOf("run", ["ready", "stopped"], true)).toBe("degraded");
    expect(environmentStateOf("run", ["stopped"], true)).toBe("degraded");
  });

  test("rests where nothing moves by itself", () => {
    expect(
      ["running", "degraded", "stopped", "failed", "deleted"].every((state) => isAtRest(state as EnvironmentState)),
    ).toBe(true);
    expect(
      ["pending", "provisioning", "starting", "stopping", "deleting"].some((state) =>
        isAtRest(state as EnvironmentState),
      ),
    ).toBe(false);
  });
});

test("a failed node is what the cloud last said, and pending if it was never launched", () => {
  expect(cloudStateOf("failed", "running")).toBe("running");
  expect(cloudStateOf("failed", null)).toBe("pending");
});

test("a wish moves a server from where it is", () => {
  expect(stateAfterWish("stop", "running")).toBe("stopping");
  expect(stateAfterWish("stop", "stopped")).toBe("stopped");
  expect(stateAfterWish("run", "stopped")).toBe("pending");
  expect(stateAfterWish("run", "running")).toBe("running");
  expect(stateAfterWish("delete", "running")).toBe("shutting-down");
  expect(stateAfterWish("delete", "terminated")).toBe("terminated");
});
