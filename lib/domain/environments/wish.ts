import { eq, sql } from "drizzle-orm";
import { environments, nodes } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { appendEvents } from "#lib/db/events.ts";
import { conflict } from "#lib/errors.ts";
import { randomHex } from "#lib/ids.ts";
import { deletedName } from "#lib/model/names.ts";
import { type EnvironmentState, environmentStateOf, type Wish } from "#lib/model/states.ts";
import { type CloudStateName, stateAfterWish } from "#lib/model/transitions.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { askerOf } from "../duty.ts";
import { providerRow } from "../providers/get.ts";
import { environmentRows } from "./get.ts";
import { dueAfter } from "./lifecycle.ts";
import type { EnvironmentRow, NodeRow } from "./view.ts";

export type Transition = {
  hostname: string;
  serverId: string | null;
  previous: CloudStateName;
  current: CloudStateName;
  newName: string;
};
export type Transitions = { alias: string; type: ProviderType; state: EnvironmentState; servers: Transition[] };

export const stopEnvironment = (ctx: Context, id: string) => wishFor(ctx, id, "stop");
export const startEnvironment = (ctx: Context, id: string) => wishFor(ctx, id, "run");
/** Final: no other wish is taken after it. */
export const deleteEnvironment = (ctx: Context, id: string) => wishFor(ctx, id, "delete");

const verbs: Record<Wish, string> = { run: "start", stop: "stop", delete: "delete" };

/** Commits a wish for all servers; answers the transition that it implies for each. Throws "conflict" after a delete. */
async function wishFor(ctx: Context, id: string, wish: Wish): Promise<Transitions> {
  requireRole(ctx, "operator");
  return ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const { environment, nodes: before } = await environmentRows(inside, id, true);
    if (environment.wish === "delete" && wish !== "delete")
      throw conflict(`${environment.name} is being deleted: that is final.`);
    if (environment.protected && environment.wish !== "delete" && wish === "delete")
      throw conflict(`${environment.name} is protected against deletion: an admin takes that off in its settings.`);
    const provider = await providerRow(inside, environment.providerId);
    const after = await moveNodes(tx, before, wish);
    const state = await commitWish(tx, environment, after, wish);
    if (environment.wish !== wish || wish === "run") {
      await appendEvents(tx, id, [
        { kind: "environment", message: `${askerOf(ctx)} asked to ${verbs[wish]} it`, data: { state } },
      ]);
      await recordAudit(tx, ctx, `environment.${verbs[wish]}`, id, { name: environment.name });
    }
    const servers = after.map((node) => transitionOf(node, wish));
    return { alias: provider.alias, type: provider.type, state, servers };
  });
}

async function commitWish(
  tx: Queryable,
  environment: EnvironmentRow,
  after: NodeRow[],
  wish: Wish,
): Promise<EnvironmentState> {
  if (environment.deletedAt) return "deleted";
  const state = environmentStateOf(
    wish,
    after.map((node) => node.state),
    environment.begunAt !== null,
  );
  const reported = state === "deleted" ? "deleting" : state;
  const values = {
    wish,
    state: reported,
    generation: environment.generation + 1,
    lastError: null,
    // A turn of the schedule that is past and was not taken yet is overtaken by this wish.
    scheduleDueAt: wish === "delete" || !environment.schedule ? null : dueAfter(environment.schedule, new Date()),
    changedAt: sql`now()`,
  };
  await tx.update(environments).set(values).where(eq(environments.id, environment.id));
  await enqueueReconcile(tx, environment.id);
  return reported;
}

/** A start wakes what was stopped; a delete gives each server the name that it dies under. */
async function moveNodes(tx: Queryable, before: NodeRow[], wish: Wish): Promise<NodeRow[]> {
  const after: NodeRow[] = [];
  for (const node of before) {
    const change: Partial<NodeRow> = {};
    if (wish === "run" && ["stopped", "stopping"].includes(node.state))
      Object.assign(change, {
        state: node.attempt ? "starting" : "pending",
        stateSince: new Date(),
        drift: null,
        error: null,
      });
    if (wish === "delete" && !node.deletedName) change.deletedName = deletedName(node.hostname, randomHex(128));
    if (Object.keys(change).length > 0) await tx.update(nodes).set(change).where(eq(nodes.id, node.id));
    after.push({ ...node, ...change });
  }
  return after;
}

function transitionOf(node: NodeRow, wish: Wish): Transition {
  const previous = node.state === "deleted" ? "terminated" : (node.observed ?? "pending");
  const current = stateAfterWish(wish, previous);
  return {
    hostname: node.hostname,
    serverId: node.serverId,
    previous,
    current,
    newName: node.deletedName ?? node.hostname,
  };
}
