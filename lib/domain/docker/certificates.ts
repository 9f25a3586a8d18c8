import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { clientCertificates, environments, users } from "#drizzle/schema/index.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { notFound } from "#lib/errors.ts";
import { includesRole } from "#lib/model/roles.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { environmentRows } from "../environments/get.ts";

const atMost = 1_000;

/** Certificates of an environment that the asker may see: an admin all, another their own. */
const visible = (ctx: Context, environmentId: string) =>
  and(
    eq(clientCertificates.environmentId, environmentId),
    eq(clientCertificates.organisationId, ctx.organisation.id),
    includesRole(ctx.role, "admin") ? undefined : eq(clientCertificates.userId, ctx.user.id),
  );

/** The certificates in force that Docker clients of an environment hold, the newest first; 1,000 at the most. */
export async function listDockerCertificates(ctx: Context, environmentId: string) {
  await environmentRows(ctx, environmentId);
  const { id, scope, role, expiresAt, createdAt, revokedAt } = clientCertificates;
  return ctx.db
    .select({ id, scope, role, expiresAt, createdAt, user: users.email })
    .from(clientCertificates)
    .innerJoin(users, eq(users.id, clientCertificates.userId))
    .where(and(visible(ctx, environmentId), isNull(revokedAt), gt(expiresAt, sql`now()`)))
    .orderBy(desc(id))
    .limit(atMost);
}

/** Takes a certificate back: our endpoint refuses it within a second, nodes as soon as they have been told. */
export async function revokeDockerCertificate(ctx: Context, environmentId: string, id: string): Promise<void> {
  await environmentRows(ctx, environmentId);
  await ctx.db.transaction(async (tx) => {
    const [gone] = await tx
      .update(clientCertificates)
      .set({ revokedAt: sql`coalesce(${clientCertificates.revokedAt}, now())` })
      .where(and(eq(clientCertificates.id, id), visible(ctx, environmentId)))
      .returning();
    if (!gone) throw notFound("The certificate");
    if (gone.scope === "nodes") await tellNodes(tx, environmentId);
    await recordAudit(tx, ctx, "certificate.revoke", environmentId, { certificate: id, scope: gone.scope });
  });
}

/** Takes back what a token has asked for, before it is revoked itself. */
export const revokeCertificatesOf = (tx: Queryable, tokenId: string): Promise<void> =>
  revokeWhere(tx, eq(clientCertificates.tokenId, tokenId));

/** Takes back what a member holds; with `scope`, only what is for that. */
export const revokeMembersCertificates = (tx: Queryable, organisationId: string, userId: string, scope?: "nodes") =>
  revokeWhere(
    tx,
    and(
      eq(clientCertificates.organisationId, organisationId),
      eq(clientCertificates.userId, userId),
      scope ? eq(clientCertificates.scope, scope) : undefined,
    ),
  );

/**
 * Takes back what a user has asked for in log-ins, which end with their password: our endpoint refuses it within a second,
 * nodes when they are next looked after. Those that persistent tokens asked for go on with them.
 */
export async function revokeLoginsCertificates(tx: Queryable, userId: string): Promise<void> {
  await revoke(tx, and(eq(clientCertificates.userId, userId), isNull(clientCertificates.tokenId)));
}

/** Answers what was not taken back before. */
const revoke = (tx: Queryable, condition: ReturnType<typeof and>) =>
  tx
    .update(clientCertificates)
    .set({ revokedAt: sql`now()` })
    .where(and(condition, isNull(clientCertificates.revokedAt)))
    .returning({ scope: clientCertificates.scope, environmentId: clientCertificates.environmentId });

async function revokeWhere(tx: Queryable, condition: ReturnType<typeof and>): Promise<void> {
  const revoked = await revoke(tx, condition);
  const told = new Set(revoked.flatMap(({ scope, environmentId }) => (scope === "nodes" ? environmentId : [])));
  for (const environmentId of told) await tellNodes(tx, environmentId);
}

/** Has the engine bring the list of revoked certificates to an environment's nodes. */
async function tellNodes(tx: Queryable, environmentId: string): Promise<void> {
  await tx.update(environments).set({ clusterSeenAt: null }).where(eq(environments.id, environmentId));
  await enqueueReconcile(tx, environmentId);
}
