import { integrations } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { registryPasswordPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
import { verifyRegistry } from "./verify.ts";
import { type IntegrationView, viewIntegration } from "./view.ts";

export type RegistryWish = { name: string; url: string; username: string; password: string; email: string };

/** Keeps a registry's credentials, sealed, when the registry has taken them, or could not be asked: `reason` then says why. Throws "invalid" where it refuses them. */
export async function createRegistry(ctx: Context, wish: RegistryWish): Promise<IntegrationView> {
  requireRole(ctx, "admin");
  const verdict = await verifyRegistry(wish);
  return ctx.db.transaction(async (tx) => {
    const id = newId();
    const row = { ...wish, id, organisationId: ctx.organisation.id, type: "docker-hub", ...verdict };
    const values = { ...row, password: vault().seal(wish.password, registryPasswordPlace(id)) };
    const [made] = await tx.insert(integrations).values(values).onConflictDoNothing().returning();
    if (!made) throw conflict(`There is a registry named ${wish.name} already.`, "name");
    await recordAudit(tx, ctx, "integration.create", id, { name: wish.name, url: wish.url });
    return viewIntegration(made);
  });
}
