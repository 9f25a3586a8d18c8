import { eq, sql } from "drizzle-orm";
import { applications, environments, nodes } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { appendEvents } from "#lib/db/events.ts";
import { conflict, invalid } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import type { EnvironmentWish } from "#lib/model/wishes.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { getApplication } from "../applications/get.ts";
import { lifecycleValues } from "./lifecycle.ts";
import { environmentLabel, nodeNames } from "./names.ts";
import { planEnvironment } from "./plan.ts";

export type Accepted = { id: string; state: "pending" };

/** Records the wish for an environment and queues its reconciliation; both commit together. */
export async function createEnvironment(ctx: Context, applicationId: string, wish: EnvironmentWish): Promise<Accepted> {
  requireRole(ctx, "operator");
  const application = await getApplication(ctx, applicationId);
  const { nodes: checked, choices } = await planEnvironment(ctx, wish);
  const lifecycle = lifecycleValues(ctx, wish.lifecycle ?? {}, {}, new Date());
  return ctx.db.transaction(async (tx) => {
    const id = newId();
    const label = environmentLabel(ctx, application.name, wish.name, id);
    const place = {
      organisationId: ctx.organisation.id,
      applicationId,
      providerId: wish.providerId,
      region: wish.region,
    };
    const row = {
      id,
      ...place,
      createdBy: ctx.user.id,
      name: wish.name,
      label,
      heal: wish.heal,
      ...choices,
      ...lifecycle,
    };
    const [made] = await tx
      .insert(environments)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: environments.id })
      .catch(lostGround);
    if (!made) throw conflict(`${application.name} already has an environment named ${wish.name}.`, "environment");
    await insertNodes(tx, id, await nodeNames({ ...ctx, db: tx }, application.name, wish.name, checked), 0);
    const counted = { deploymentsCount: sql`${applications.deploymentsCount} + 1` };
    await tx.update(applications).set(counted).where(eq(applications.id, applicationId));
    await appendEvents(tx, id, [
      {
        kind: "environment",
        message: `${ctx.user.email} asked for ${checked.length === 1 ? "one server" : `${checked.length} servers`}`,
        data: { state: "pending", created: true },
      },
    ]);
    await enqueueReconcile(tx, id);
    await recordAudit(tx, ctx, "environment.create", id, { name: wish.name, nodes: checked.length });
    return { id, state: "pending" };
  });
}

export async function insertNodes(
  tx: Queryable,
  environmentId: string,
  named: Awaited<ReturnType<typeof nodeNames>>,
  from: number,
) {
  const rows = named.map(({ wish, id, hostname }, index) => ({
    id,
    environmentId,
    position: from + index,
    name: wish.name,
    hostname,
    size: wish.size,
    packages: wish.packages,
    expose: wish.expose,
  }));
  await tx.insert(nodes).values(rows);
}

/** The application or the provider was removed in the meantime. */
function lostGround(error: unknown): never {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  if (cause?.code === "23503") throw invalid("The application or the provider has just been removed.");
  throw error;
}
