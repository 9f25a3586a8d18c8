import { and, eq, sql } from "drizzle-orm";
import { environments, nodes } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { appendEvents } from "#lib/db/events.ts";
import { AppError, conflict, invalid } from "#lib/errors.ts";
import { randomHex } from "#lib/ids.ts";
import { deletedName } from "#lib/model/names.ts";
import type { ChangeWish, NodeWish } from "#lib/model/wishes.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { getApplication } from "../applications/get.ts";
import { takenName } from "../taken-name.ts";
import { choiceFields, choicesOf } from "./choices.ts";
import { insertNodes } from "./create.ts";
import { environmentChanges } from "./difference.ts";
import { environmentRows, getEnvironment } from "./get.ts";
import { lifecycleValues } from "./lifecycle.ts";
import { nodeNames } from "./names.ts";
import { planEnvironment } from "./plan.ts";
import type { EnvironmentRow, EnvironmentView, NodeRow } from "./view.ts";

/** States an environment's whole wish again; a node left out goes only with `prune`. Throws "conflict" after a delete. */
export async function updateEnvironment(ctx: Context, id: string, change: ChangeWish): Promise<EnvironmentView> {
  requireRole(ctx, "operator");
  const { environment: known } = await environmentRows(ctx, id);
  refuseMove(known, change);
  const { providerId, region } = known;
  const choices = choicesOf(known);
  const [name, heal] = [change.name ?? known.name, change.heal ?? known.heal];
  const plan = await planEnvironment(ctx, { providerId, region, name, heal, choices, nodes: change.nodes });
  await ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const { environment, nodes: before } = await environmentRows(inside, id, true);
    if (environment.wish === "delete") throw conflict(`${environment.name} is being deleted: that is final.`);
    const surplus = before.filter(
      (node) => node.removal !== "prune" && !plan.nodes.some((wish) => wish.name === node.name),
    );
    const unnamed = surplus.filter(({ name }) => !isNamed(change.prune, name));
    if (unnamed.length > 0) throw leftOut(unnamed);
    for (const node of surplus) await prune(tx, node);
    for (const [index, wish] of plan.nodes.entries())
      await changeNode(tx, wish, index, before, isNamed(change.remake, wish.name));
    const application = await getApplication(inside, environment.applicationId);
    const added = plan.nodes.filter((wish) => !before.some((node) => node.name === wish.name));
    if (added.length > 0)
      await insertNodes(tx, id, await nodeNames(inside, application.name, name, added), before.length);
    const lifecycle = lifecycleValues(ctx, change.lifecycle ?? {}, environment, new Date());
    await commit(tx, environment, { name, heal, ...lifecycle });
    await appendEvents(tx, id, [{ kind: "environment", message: `${ctx.user.email} changed the wish`, data: {} }]);
    const changes = environmentChanges(environment, before, { name, heal, nodes: plan.nodes });
    await recordAudit(tx, ctx, "environment.update", id, { name, changes });
  });
  return getEnvironment(ctx, id);
}

const isNamed = (named: boolean | string[] | undefined, name: string) =>
  Array.isArray(named) ? named.includes(name) : named === true;

/** Servers do not move: a wish that names another provider, region or way to launch is for another environment. */
export function refuseMove(known: EnvironmentRow, { providerId, region, choices }: ChangeWish): void {
  if (providerId && providerId !== known.providerId)
    throw invalid("An environment's provider cannot be changed.", "provider_id");
  if (region && region !== known.region)
    throw invalid(`An environment's region cannot be changed: it is ${known.region}.`, "region");
  const kept = choicesOf(known);
  for (const [name, field] of choiceFields)
    if (choices[name] !== undefined && choices[name] !== kept[name])
      throw invalid(`An environment's ${field} cannot be changed: it is ${kept[name] ?? "the provider's"}.`, field);
}

async function commit(
  tx: Queryable,
  before: EnvironmentRow,
  values: Partial<EnvironmentRow> & { name: string },
): Promise<void> {
  const state = before.wish === "run" ? "provisioning" : before.state;
  const moving = {
    ...values,
    state,
    generation: before.generation + 1,
    prepared: false,
    prepareFailures: 0,
    changedAt: sql`now()`,
  } as const;
  await tx
    .update(environments)
    .set(moving)
    .where(eq(environments.id, before.id))
    .catch(takenName(() => conflict(`There is an environment named ${values.name} already.`, "environment")));
  await enqueueReconcile(tx, before.id);
}

async function prune(tx: Queryable, node: NodeRow): Promise<void> {
  const values = { removal: "prune", deletedName: deletedName(node.hostname, randomHex(128)) } as const;
  await tx.update(nodes).set(values).where(eq(nodes.id, node.id));
}

async function changeNode(
  tx: Queryable,
  wish: NodeWish,
  index: number,
  before: NodeRow[],
  remake: boolean,
): Promise<void> {
  const node = before.find((candidate) => candidate.name === wish.name);
  if (!node) return;
  if (node.removal === "prune")
    throw conflict(`${node.name} is still being removed: try again when it is gone.`, `nodes[${index}].name`);
  if (node.size !== wish.size && !remake)
    throw invalid(
      `A server's size cannot be changed: ${node.name} is ${node.size}. Send "remake": true to have it replaced by a new, empty server.`,
      `nodes[${index}].size`,
    );
  const values = {
    packages: wish.packages,
    expose: wish.expose,
    ...(node.size === wish.size ? tryAgain(node) : replaced(node, wish.size)),
  };
  await tx
    .update(nodes)
    .set(values)
    .where(and(eq(nodes.id, node.id)));
}

const tryAgain = (node: NodeRow) =>
  node.state === "failed" && node.serverId ? ({ state: "booting", error: null, installFailures: 0 } as const) : {};

/** One that was never launched just gets the other size. */
function replaced(node: NodeRow, size: string): Partial<NodeRow> {
  const cleared = { size, error: null, progress: null, attempts: 0, installFailures: 0, installRetryAt: null };
  if (!node.attempt) return cleared;
  return {
    ...cleared,
    removal: "remake",
    deletedName: deletedName(node.hostname, randomHex(128)),
    stateSince: new Date(),
  };
}

function leftOut(surplus: NodeRow[]): AppError {
  const names = surplus.map(({ name }) => name).join(", ");
  return new AppError("invalid", `The wish leaves out ${names}: send "prune": true to have them deleted.`, {
    field: "nodes",
  });
}
