import { providers } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { label } from "#lib/model/names.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import { sealSettings } from "#lib/providers/sealed.ts";
import { verifySettings } from "./verify.ts";
import { type ProviderView, viewProvider } from "./view.ts";

export type ProviderWish = { type: ProviderType; name: string; fields: Record<string, string> };

const aliasWords: Record<ProviderType, string> = { ec2: "aws-ec2", digital_ocean: "digital-ocean", docker: "docker" };

/** Adds a cloud whose credentials work; throws "invalid" with the cloud's words, "conflict" for a name that is taken. */
export async function createProvider(ctx: Context, wish: ProviderWish): Promise<ProviderView> {
  requireRole(ctx, "admin");
  const { settings, account, missingPermissions } = await verifySettings(ctx, wish.type, wish.fields);
  return ctx.db.transaction(async (tx) => {
    const id = newId();
    const alias = label(ctx.organisation.slug, ctx.user.name, aliasWords[wish.type]);
    const row = {
      id,
      organisationId: ctx.organisation.id,
      type: wish.type,
      name: wish.name,
      alias,
      account,
      missingPermissions,
    };
    const values = { ...row, ...sealSettings(id, wish.type, settings) };
    const [made] = await tx.insert(providers).values(values).onConflictDoNothing().returning();
    if (!made) throw conflict(`There is a provider named ${wish.name} already.`, "provider_name");
    await recordAudit(tx, ctx, "provider.create", id, { name: wish.name, type: wish.type });
    return viewProvider(made);
  });
}
