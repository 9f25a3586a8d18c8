import { integrations } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { registryPasswordPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
import { type IntegrationView, viewIntegration } from "./view.ts";

export type RegistryWish = { name: string; url: string; username: string; password: string; email: string };

/** Keeps a registry's credentials, sealed. They are not tried yet: `verified` stays false and `reason` says so. */
export function createRegistry(ctx: Context, wish: RegistryWish): Promise<IntegrationView> {
  requireRole(ctx, "admin");
  return ctx.db.transaction(async (tx) => {
    const id = newId();
    const row = { ...wish, id, organisationId: ctx.organisation.id, type: "docker-hub", reason: "not tried yet" };
    const values = { ...row, password: vault().seal(wish.password, registryPasswordPlace(id)) };
    const [made] = await tx.insert(integrations).values(values).onConflictDoNothing().returning();
    if (!made) throw conflict(`There is a registry named ${wish.name} already.`, "name");
    await recordAudit(tx, ctx, "integration.create", id, { name: wish.name, url: wish.url });
    return viewIntegration(made);
  });
}
