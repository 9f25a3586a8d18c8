import { and, eq, sql } from "drizzle-orm";
import { environments, nodes } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { appendEvents } from "#lib/db/events.ts";
import { conflict, notFound } from "#lib/errors.ts";
import { randomHex } from "#lib/ids.ts";
import { deletedName } from "#lib/model/names.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { environmentRows } from "./get.ts";
import type { NodeRow } from "./view.ts";

/** Has a node that failed tried again; `remake` destroys its server, with all that is on it, and makes a new one. */
export function retryNode(ctx: Context, id: string, name: string, options: { remake: boolean }): Promise<void> {
  requireRole(ctx, "operator");
  return ctx.db.transaction(async (tx) => {
    const { environment, nodes: all } = await environmentRows({ ...ctx, db: tx }, id, true);
    if (environment.wish !== "run") throw conflict(`${environment.name} is not wished to run: start it first.`);
    const node = all.find((candidate) => candidate.name === name);
    if (!node) throw notFound(`The node ${name}`);
    if (node.removal) throw conflict(`${name} is being removed already.`);
    if (!options.remake && node.state !== "failed" && node.drift === null) throw conflict(`${name} has not failed.`);
    await tx
      .update(nodes)
      .set({ ...again(node, options.remake), stateSince: new Date() })
      .where(eq(nodes.id, node.id));
    const moving = {
      generation: environment.generation + 1,
      state: "provisioning",
      prepareFailures: 0,
      changedAt: sql`now()`,
    } as const;
    await tx
      .update(environments)
      .set(moving)
      .where(and(eq(environments.id, id)));
    const message = options.remake
      ? `${ctx.user.email} asked for a new server`
      : `${ctx.user.email} asked to try again`;
    await appendEvents(tx, id, [{ kind: "node", nodeName: name, message, data: { state: "pending" } }]);
    await enqueueReconcile(tx, id);
    await recordAudit(tx, ctx, options.remake ? "node.remake" : "node.retry", id, { node: name });
  });
}

function again(node: NodeRow, remake: boolean): Partial<NodeRow> {
  const cleared = { error: null, progress: null, installFailures: 0, installRetryAt: null, attempts: 0 };
  if (remake || node.drift === "missing")
    return { ...cleared, removal: "remake", deletedName: deletedName(node.hostname, randomHex(128)) };
  if (node.drift === "stopped") return { ...cleared, drift: null, state: "starting" };
  if (node.serverId) return { ...cleared, state: "booting", installedPlan: null };
  return { ...cleared, state: "pending", attempt: null };
}
