import type { Scene } from "#lib/engine/decide.ts";
import type { Listing, NodeRow } from "#lib/engine/types.ts";
import type { CloudStateName } from "#lib/model/transitions.ts";

const now = new Date("2026-11-23T12:00:00Z");
const before = (ms: number) => new Date(now.getTime() - ms);

/** A node that came into its state a minute ago and was never launched. */
export function node(facts: Partial<NodeRow> = {}): NodeRow {
  const nothing = Object.fromEntries(
    [
      "removal",
      "error",
      "drift",
      "progress",
      "attempt",
      "serverId",
      "missingSince",
      "observed",
      "observedAt",
      "actedAt",
      "image",
    ]
      .concat([
        "publicIp",
        "privateIp",
        "installedPlan",
        "installRetryAt",
        "firstHostKey",
        "firstHostPublicKey",
        "hostKey",
      ])
      .map((name) => [name, null]),
  );
  const named = {
    id: "n1",
    environmentId: "e1",
    position: 0,
    name: "web",
    hostname: "acme-web",
    size: "small",
    packages: [],
  };
  const counted = { attempts: 0, installFailures: 0, installedPackages: [], endpoints: {}, expose: [] };
  const times = { attemptAt: before(60_000), stateSince: before(30_000), createdAt: before(90_000) };
  return {
    ...nothing,
    ...named,
    ...counted,
    ...times,
    state: "pending",
    nextHostKey: null,
    deletedName: null,
    ...facts,
  } as NodeRow;
}

/** A prepared environment that is wished to run, seen a second ago. */
export function scene(given: Partial<Scene> = {}): Scene {
  return {
    environment: { wish: "run", heal: false, prepared: true },
    listing: listing(null),
    traits: {
      launchSettleMs: 10_000,
      bootTimeoutMs: 60_000,
      launchBatch: 10,
      resolvesNames: true,
      stoppedBills: "nothing",
      images: ["debian-12"],
      takesNetwork: false,
    },
    plan: "plan",
    now,
    ...given,
  };
}

/** A listing begun a second ago that shows one server, or none. */
export function listing(server: { attempt: string; id: string; state: CloudStateName } | null): Listing {
  const facts = {
    name: "acme-web",
    publicIp: "127.0.0.1",
    privateIp: "10.0.0.2",
    image: "debian",
    size: "small",
    endpoints: {},
  };
  const marks = { environmentId: "e1", nodeId: "n1", createdAt: null };
  return {
    begunAt: before(1_000),
    servers: server ? [{ ...facts, ...marks, ...server } as Listing["servers"][number]] : [],
  };
}
