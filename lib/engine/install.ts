import { and, eq } from "drizzle-orm";
import { nodes } from "#drizzle/schema/index.ts";
import { bootstrapServer } from "#lib/bootstrap/bootstrap.ts";
import { BootstrapError } from "#lib/bootstrap/error.ts";
import type { PackageName } from "#lib/bootstrap/package.ts";
import type { Database } from "#lib/db/client.ts";
import { appendEvents, type NewEvent } from "#lib/db/events.ts";
import { messageOf } from "#lib/errors.ts";
import { slug } from "#lib/model/names.ts";
import { reach } from "#lib/model/reach.ts";
import type { ProviderTraits } from "#lib/providers/provider.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { ensureCredentials } from "./credentials.ts";
import { authorizedKeys } from "./keys.ts";
import { type Loaded, load } from "./load.ts";
import { hostsOf, planHash } from "./plan.ts";
import { recorder } from "./recorder.ts";
import { type Target, takeHostKey, targetOf } from "./target.ts";
import type { NodeRow } from "./types.ts";
import { isToBeInstalled, Superseded, whileWished } from "./watch.ts";

/** Connections that are refused or lost are tried again this long. */
const patienceMs = 20 * 60_000;

/** Brings a node's server to its packages and makes it ready; ends early, and quietly, when that is no longer wished. */
export async function install(db: Database, nodeId: string, outer: AbortSignal): Promise<void> {
  const [row] = await db.select().from(nodes).where(eq(nodes.id, nodeId));
  const loaded = row && (await load(db, row.environmentId));
  const node = loaded?.nodes.find(({ id }) => id === nodeId);
  if (!loaded || !node?.attempt || node.state !== "installing") return;
  const wished = () => isToBeInstalled(db, nodeId, node.attempt!);
  try {
    await whileWished(loaded.environment.id, wished, outer, (signal) => run(db, loaded, node, signal));
  } catch (error) {
    if (outer.aborted) throw error;
    if (!(error instanceof Superseded)) await fail(db, loaded, node, error);
  }
  await db.transaction((tx) => enqueueReconcile(tx, loaded.environment.id));
}

async function run(db: Database, loaded: Loaded, node: NodeRow, signal: AbortSignal): Promise<void> {
  const { environment, nodes: all, provider } = loaded;
  const endpoint = reach(node, 22);
  if (!endpoint) throw new BootstrapError("The server has no address yet.", { step: "connecting", retryable: true });
  const target = await takeHostKey(db, node, targetOf(loaded, node, endpoint), signal);
  const traits: ProviderTraits = cloudOf(provider).traits;
  const hosts = hostsOf(all, traits);
  const packages = node.packages as PackageName[];
  const plan = {
    nodeName: slug(node.name),
    packages,
    remove: (node.installedPackages as PackageName[]).filter((name) => !packages.includes(name)),
    users: [{ name: "cloudhero" as const, authorizedKeys: await authorizedKeys(db, environment) }],
    hosts,
    credentials: await ensureCredentials(db, node),
  };
  await bootstrap(db, node, target, plan, signal);
  await succeed(db, node, { installedPlan: planHash(node, hosts), installedPackages: node.packages });
}

async function bootstrap(
  db: Database,
  node: NodeRow,
  target: Target,
  plan: Parameters<typeof bootstrapServer>[1],
  signal: AbortSignal,
) {
  const record = recorder(db, node);
  try {
    await bootstrapServer(target, plan, { onEvent: record.take, signal });
  } finally {
    await record.close();
  }
}

const still = (node: NodeRow) =>
  and(eq(nodes.id, node.id), eq(nodes.attempt, node.attempt!), eq(nodes.state, "installing"));

async function succeed(db: Database, node: NodeRow, installed: Partial<NodeRow>): Promise<void> {
  await db.transaction(async (tx) => {
    const ready = {
      ...installed,
      state: "ready",
      stateSince: new Date(),
      progress: null,
      error: null,
      installFailures: 0,
      installRetryAt: null,
    } as const;
    const changed = await tx.update(nodes).set(ready).where(still(node)).returning({ id: nodes.id });
    const happened: NewEvent = {
      kind: "node",
      nodeName: node.name,
      message: `${node.name} is ready`,
      data: { state: "ready" },
    };
    if (changed.length > 0) await appendEvents(tx, node.environmentId, [happened]);
  });
}

/** A lost connection is waited out; a step that failed makes the node fail, with the step, its exit status and last lines. */
async function fail(db: Database, loaded: Loaded, node: NodeRow, error: unknown): Promise<void> {
  const passing =
    error instanceof BootstrapError && error.retryable && Date.now() - node.stateSince.getTime() < patienceMs;
  const lines = error instanceof BootstrapError ? error.lastLines.slice(-5) : [];
  const message = [messageOf(error), ...lines].join("\n");
  const waitMs = Math.min(1_000 * 2 ** node.installFailures, 15_000);
  const change = passing
    ? { installFailures: node.installFailures + 1, installRetryAt: new Date(Date.now() + waitMs) }
    : ({ state: "failed", error: message, progress: null, stateSince: new Date() } as const);
  await db.transaction(async (tx) => {
    const changed = await tx.update(nodes).set(change).where(still(node)).returning({ id: nodes.id });
    if (changed.length === 0) return;
    // A server that boots refuses a few times: that is no news.
    if (passing && node.installFailures < 3) return;
    const happened: NewEvent = passing
      ? { kind: "notice", nodeName: node.name, message: `${message}; trying again` }
      : { kind: "node", nodeName: node.name, message: `${node.name} is failed: ${message}`, data: { state: "failed" } };
    await appendEvents(tx, loaded.environment.id, [happened]);
  });
}
