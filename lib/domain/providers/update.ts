import { and, eq, isNull } from "drizzle-orm";
import { environments, providers } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, invalid, notFound } from "#lib/errors.ts";
import { changesBetween } from "#lib/model/changes.ts";
import { openSecrets, sealSettings } from "#lib/providers/sealed.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { mask } from "#lib/secrets.ts";
import { takenName } from "../taken-name.ts";
import { forgetFacts } from "./facts.ts";
import { providerRow } from "./get.ts";
import { verifySettings } from "./verify.ts";
import { type ProviderRow, type ProviderView, viewProvider } from "./view.ts";

export type ProviderChange = { name: string | undefined; fields: Record<string, string> };

/** Renames a provider or rotates its credentials, tried first; a masked secret keeps the old one. */
export async function updateProvider(ctx: Context, id: string, change: ProviderChange): Promise<ProviderView> {
  requireRole(ctx, "admin");
  const before = await providerRow(ctx, id);
  if ("practice" in change.fields)
    throw invalid("practice: a provider is of a practice cloud from its first moment, or never.", "practice");
  const { settings, missingPermissions } = await verifySettings(ctx, before.type, unmask(before, change.fields));
  return ctx.db.transaction(async (tx) => {
    const name = change.name ?? before.name;
    const values = {
      name,
      trouble: null,
      throttledUntil: null,
      missingPermissions,
      ...sealSettings(id, before.type, settings),
    };
    const [row] = await tx
      .update(providers)
      .set(values)
      .where(eq(providers.id, id))
      .returning()
      .catch(takenName(() => conflict(`There is a provider named ${name} already.`, "provider_name")));
    if (!row) throw notFound("The provider");
    await forgetFacts(tx, id);
    await wakeEnvironments(tx, id);
    await recordAudit(tx, ctx, "provider.update", id, { name, ...difference(before, row, change) });
    return viewProvider(row);
  });
}

/** What is no secret with its values before and after; of secrets, which were given anew. */
function difference(before: ProviderRow, after: ProviderRow, { fields }: ProviderChange) {
  const open = ({ name, settings }: ProviderRow) => ({ name, ...settings });
  const secrets = openSecrets(before);
  const rotated = Object.entries(openSecrets(after)).filter(([key, value]) => key in fields && secrets[key] !== value);
  return {
    changes: changesBetween<Record<string, unknown>>(open(before), open(after)),
    ...(rotated.length > 0 ? { rotated: rotated.map(([key]) => key) } : {}),
  };
}

/** What waits for better credentials goes on with these at once. */
async function wakeEnvironments(tx: Queryable, providerId: string): Promise<void> {
  const living = and(eq(environments.providerId, providerId), isNull(environments.deletedAt));
  for (const { id } of await tx.select({ id: environments.id }).from(environments).where(living))
    await enqueueReconcile(tx, id);
}

function unmask(before: ProviderRow, fields: Record<string, string>): Record<string, string> {
  const secrets = openSecrets(before);
  const { origin: _, ...kept } = { ...before.settings, ...secrets };
  const given = Object.entries(fields).filter(([key, value]) => !(secrets[key] && value === mask(secrets[key])));
  return { ...kept, ...Object.fromEntries(given) };
}
