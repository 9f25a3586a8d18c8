import { eq } from "drizzle-orm";
import { integrations } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { AppError, notFound } from "#lib/errors.ts";
import { registryPasswordPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
import { integrationRow } from "./get.ts";
import { type Verdict, verifyRegistry } from "./verify.ts";
import { type IntegrationRow, type IntegrationView, viewIntegration } from "./view.ts";

/** Logs in to a registry again with what is kept of it, and keeps the verdict: a refusal is one, and no error. */
export async function reverifyRegistry(ctx: Context, id: string): Promise<IntegrationView> {
  requireRole(ctx, "admin");
  const before = await integrationRow(ctx, id);
  const verdict = await verdictOf(before);
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx.update(integrations).set(verdict).where(eq(integrations.id, id)).returning();
    if (!row) throw notFound("The integration");
    await recordAudit(tx, ctx, "integration.verify", id, { name: before.name, verified: verdict.verified });
    return viewIntegration(row);
  });
}

async function verdictOf({ id, url, username, password }: IntegrationRow): Promise<Verdict> {
  try {
    return await verifyRegistry({ url, username, password: vault().open(password, registryPasswordPlace(id)) });
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return { verified: false, reason: error.message };
    throw error;
  }
}
