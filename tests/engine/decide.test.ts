import { describe, expect, test } from "vitest";
import { absorb } from "#lib/engine/absorb.ts";
import { decide, type Scene } from "#lib/engine/decide.ts";
import { isCalm } from "#lib/engine/reconcile.ts";
import type { Action, EnvironmentRow, NodeRow } from "#lib/engine/types.ts";
import type { NodeState, Wish } from "#lib/model/states.ts";
import type { CloudStateName } from "#lib/model/transitions.ts";
import { listing, node, scene } from "./scene.ts";

type Row = {
  when: string;
  wish?: Wish;
  from: NodeState;
  /** The last listing's word; null: it shows no such server. */
  cloud: CloudStateName | null;
  facts?: Partial<NodeRow>;
  given?: Partial<Scene>;
  to: NodeState;
  action?: Action;
};

const launched = { attempt: "a".repeat(32), serverId: "i-1" };
const installed = { ...launched, installedPlan: "plan" };
const ago = (ms: number) => new Date(scene().now.getTime() - ms);

const rows: Row[] = [
  {
    when: "a wish is launched once its ground is prepared",
    from: "pending",
    cloud: null,
    to: "launching",
    action: "launch",
  },
  {
    when: "nothing is launched on unprepared ground",
    from: "pending",
    cloud: null,
    given: unprepared(),
    to: "pending",
  },
  {
    when: "a launch that was refused waits before the next attempt",
    from: "pending",
    cloud: null,
    facts: { attempts: 1, actedAt: ago(1_000) },
    to: "pending",
  },
  {
    when: "and is attempted again after that",
    from: "pending",
    cloud: null,
    facts: { attempts: 1, actedAt: ago(20_000) },
    to: "launching",
    action: "launch",
  },
  { when: "five refusals are a failure", from: "pending", cloud: null, facts: { attempts: 5 }, to: "failed" },
  {
    when: "an attempt whose answer was lost is found by its token",
    from: "launching",
    cloud: "pending",
    facts: { attempt: launched.attempt },
    to: "booting",
  },
  {
    when: "an attempt that left nothing yet is repeated, with the same token",
    from: "launching",
    cloud: null,
    facts: { attempt: launched.attempt, attemptAt: ago(20_000), actedAt: ago(20_000) },
    to: "launching",
    action: "launch",
  },
  {
    when: "but not at once",
    from: "launching",
    cloud: null,
    facts: { attempt: launched.attempt, attemptAt: ago(2_000), actedAt: ago(2_000) },
    to: "launching",
  },
  {
    when: "a fresh id that the listing lacks is lag, not loss",
    from: "booting",
    cloud: null,
    facts: { ...launched, attemptAt: ago(5_000) },
    to: "booting",
  },
  {
    when: "a running server is installed",
    from: "booting",
    cloud: "running",
    facts: launched,
    to: "installing",
    action: "install",
  },
  {
    when: "a server that does not start in time fails",
    from: "booting",
    cloud: "pending",
    facts: { ...launched, stateSince: ago(120_000) },
    to: "failed",
  },
  {
    when: "an installation goes on",
    from: "installing",
    cloud: "running",
    facts: launched,
    to: "installing",
    action: "install",
  },
  {
    when: "a lost connection is waited out",
    from: "installing",
    cloud: "running",
    facts: { ...launched, installRetryAt: ago(-5_000) },
    to: "installing",
  },
  { when: "what has its plan is ready", from: "installing", cloud: "running", facts: installed, to: "ready" },
  { when: "ready stays ready", from: "ready", cloud: "running", facts: installed, to: "ready" },
  {
    when: "a changed plan is installed",
    from: "ready",
    cloud: "running",
    facts: { ...launched, installedPlan: "other" },
    to: "installing",
    action: "install",
  },
  {
    when: "stopped behind our back is shown, not mended",
    from: "ready",
    cloud: "stopped",
    facts: installed,
    to: "stopped",
  },
  {
    when: "stopped behind our back is mended where the wish says heal",
    from: "ready",
    cloud: "stopped",
    facts: installed,
    given: healing(),
    to: "starting",
    action: "start",
  },
  {
    when: "a listing from before the change proves nothing",
    from: "ready",
    cloud: "stopped",
    facts: { ...installed, stateSince: ago(-1_000) },
    to: "ready",
  },
  {
    when: "removed behind our back is a failure that says so",
    from: "ready",
    cloud: null,
    facts: { ...installed, observed: "running", missingSince: ago(10_000) },
    to: "failed",
  },
  {
    when: "missing from one listing is not removed",
    from: "ready",
    cloud: null,
    facts: { ...installed, observed: "running" },
    to: "ready",
  },
  {
    when: "removed behind our back is made again where the wish says heal",
    from: "ready",
    cloud: null,
    facts: { ...installed, observed: "running", missingSince: ago(10_000) },
    given: healing(),
    to: "deleting",
    action: "destroy",
  },
  {
    when: "a failed node stays failed until somebody asks",
    from: "failed",
    cloud: "running",
    facts: launched,
    to: "failed",
  },
  {
    when: "a start wakes a stopped server",
    from: "starting",
    cloud: "stopped",
    facts: installed,
    to: "starting",
    action: "start",
  },
  {
    when: "a start asked while it stops waits until it may",
    from: "starting",
    cloud: "stopping",
    facts: installed,
    to: "starting",
  },
  {
    when: "a started server is checked again before it is ready",
    from: "starting",
    cloud: "running",
    facts: installed,
    to: "booting",
  },

  {
    when: "a running server is stopped",
    wish: "stop",
    from: "ready",
    cloud: "running",
    facts: installed,
    to: "stopping",
    action: "stop",
  },
  {
    when: "a stop during provisioning stops",
    wish: "stop",
    from: "installing",
    cloud: "running",
    facts: launched,
    to: "stopping",
    action: "stop",
  },
  { when: "what was never launched is stopped already", wish: "stop", from: "pending", cloud: null, to: "stopped" },
  {
    when: "a launch under way is waited for, then stopped",
    wish: "stop",
    from: "launching",
    cloud: null,
    facts: { attempt: launched.attempt, attemptAt: ago(1_000) },
    to: "stopping",
  },
  {
    when: "a stop that did not take is repeated",
    wish: "stop",
    from: "stopping",
    cloud: "running",
    facts: { ...installed, actedAt: ago(20_000) },
    to: "stopping",
    action: "stop",
  },
  { when: "stopped is stopped", wish: "stop", from: "stopping", cloud: "stopped", facts: installed, to: "stopped" },

  {
    when: "a delete destroys",
    wish: "delete",
    from: "ready",
    cloud: "running",
    facts: installed,
    to: "deleting",
    action: "destroy",
  },
  {
    when: "a delete during provisioning destroys at once",
    wish: "delete",
    from: "booting",
    cloud: null,
    facts: launched,
    to: "deleting",
    action: "destroy",
  },
  { when: "a delete of what was never launched is done", wish: "delete", from: "pending", cloud: null, to: "deleted" },
  {
    when: "a delete waits for a launch whose answer was lost",
    wish: "delete",
    from: "launching",
    cloud: null,
    facts: { attempt: launched.attempt, attemptAt: ago(1_000) },
    to: "deleting",
  },
  {
    when: "and destroys the server when it shows",
    wish: "delete",
    from: "deleting",
    cloud: "running",
    facts: { attempt: launched.attempt, actedAt: ago(20_000) },
    to: "deleting",
    action: "destroy",
  },
  {
    when: "and ends when it would have shown by now",
    wish: "delete",
    from: "deleting",
    cloud: null,
    facts: { attempt: launched.attempt, attemptAt: ago(60_000) },
    to: "deleted",
  },
  {
    when: "gone from a listing after the call is deleted",
    wish: "delete",
    from: "deleting",
    cloud: null,
    facts: { ...installed, observed: "shutting-down" },
    to: "deleted",
  },
  {
    when: "a failed node is destroyed too",
    wish: "delete",
    from: "failed",
    cloud: "running",
    facts: installed,
    to: "deleting",
    action: "destroy",
  },
  {
    when: "a removed node is destroyed while the others run",
    from: "ready",
    cloud: "running",
    facts: { ...installed, removal: "prune" },
    to: "deleting",
    action: "destroy",
  },
  {
    when: "a node to be made again begins anew",
    from: "deleting",
    cloud: null,
    facts: { ...installed, observed: "running", removal: "remake" },
    to: "pending",
  },
];

describe("a node's next state", () => {
  test.each(rows)("$when", ({ wish = "run", from, cloud, facts, given, to, action }) => {
    const before = node({ state: from, ...facts });
    const current = scene({ ...given, environment: { ...scene().environment, wish, ...given?.environment } });
    const seen = listing(cloud && { attempt: before.attempt!, id: before.serverId ?? "i-1", state: cloud });
    const present = { ...before, ...absorb(before, seen) };
    const decision = decide(present, { ...current, listing: seen });
    expect({ state: decision.change.state ?? present.state, action: decision.action }).toEqual({ state: to, action });
  });

  test("of two servers that one attempt made, the one that is known stays the node's", () => {
    const attempt = "a".repeat(32);
    const both = listing({ attempt, id: "i-1", state: "running" });
    both.servers.push({ ...both.servers[0]!, id: "i-2" });
    expect(absorb(node({ state: "ready", attempt, serverId: "i-2" }), both).serverId).toBe("i-2");
  });

  test("a node that goes alone has five minutes to leave its Docker cluster; with the whole environment it has none", () => {
    const seen = listing({ attempt: launched.attempt, id: launched.serverId, state: "running" });
    const facts = { ...launched, state: "deleting", removal: "prune", swarmId: "s", actedAt: ago(60_000) } as const;
    const leaving = (seconds: number, wish: Wish = "run") => {
      const before = node({ ...facts, stateSince: ago(seconds * 1_000) });
      const environment = { ...scene().environment, wish };
      return decide({ ...before, ...absorb(before, seen) }, scene({ environment, listing: seen })).action;
    };
    expect(leaving(299)).toBeUndefined();
    expect(leaving(301)).toBe("destroy");
    expect(leaving(299, "delete")).toBe("destroy");
  });

  test("a launch that was repeated a moment ago is waited for before a delete is done", () => {
    const launched = { state: "deleting", attempt: "a".repeat(32), attemptAt: ago(75_000) } as const;
    const ended = { ...scene(), environment: { ...scene().environment, wish: "delete" as const } };
    expect(decide(node({ ...launched, actedAt: ago(3_000) }), ended).change.state).toBe("deleting");
    expect(decide(node({ ...launched, actedAt: ago(60_000) }), ended).change.state).toBe("deleted");
  });

  test("the token of a launch is new for each attempt and kept for each repetition", () => {
    const first = decide(node({ state: "pending" }), scene()).change;
    const second = decide(node({ state: "pending" }), scene()).change;
    expect(first.attempt).toMatch(/^[0-9a-f]{32}$/);
    expect(second.attempt).not.toBe(first.attempt);
    const repeated = decide(
      node({ state: "launching", attempt: first.attempt!, attemptAt: ago(20_000), actedAt: ago(20_000) }),
      scene(),
    );
    expect(repeated.action).toBe("launch");
    expect(repeated.change).not.toHaveProperty("attempt");
  });
});

function unprepared(): Partial<Scene> {
  return { environment: { ...scene().environment, prepared: false } };
}

function healing(): Partial<Scene> {
  return { environment: { ...scene().environment, heal: true } };
}

test("a node that goes alone is looked at as often as all that moves, though its environment runs", () => {
  const calm = (facts: Partial<NodeRow>) =>
    isCalm({ environment: { state: "running" } as EnvironmentRow, nodes: [node({ state: "ready" }), node(facts)] });
  expect(calm({ state: "ready" })).toBe(true);
  expect(calm({ state: "deleting", removal: "prune" })).toBe(false);
  expect(calm({ state: "ready", missingSince: new Date() })).toBe(false);
  expect(calm({ state: "failed", missingSince: new Date() })).toBe(true);
});
