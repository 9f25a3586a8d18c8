import { and, eq, isNull } from "drizzle-orm";
import { environments, providers } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, invalid } from "#lib/errors.ts";
import { changesBetween } from "#lib/model/changes.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import { openSecrets, sealSettings } from "#lib/providers/sealed.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { mask } from "#lib/secrets.ts";
import { takenName } from "../taken-name.ts";
import { requireSameAccount } from "./account.ts";
import { forgetFacts } from "./facts.ts";
import { providerRow } from "./get.ts";
import { lockProvider } from "./lock.ts";
import { type Verified, verifySettings } from "./verify.ts";
import { type ProviderRow, type ProviderView, viewProvider } from "./view.ts";

export type ProviderChange = {
  name?: string | undefined;
  type?: ProviderType | undefined;
  fields: Record<string, string>;
};

/**
 * Renames a provider or rotates its credentials, tried first; a masked secret keeps the old one. A change of neither
 * tries the credentials as they are; a new name alone asks nobody. Throws "conflict" for another account's credentials
 * while environments live in the provider's.
 */
export async function updateProvider(ctx: Context, id: string, change: ProviderChange): Promise<ProviderView> {
  requireRole(ctx, "admin");
  const before = await providerRow(ctx, id);
  if (change.type && change.type !== before.type)
    throw invalid(
      `A provider's cloud cannot be changed: it is ${before.type}. Add another provider.`,
      "cloud_provider",
    );
  if ("practice" in change.fields)
    throw invalid("practice: a provider is of a practice cloud from its first moment, or never.", "practice");
  const name = change.name ?? before.name;
  const fields = unmask(before, change.fields);
  const verified = isRename(before, name, fields) ? null : await verifySettings(ctx, before.type, fields);
  return ctx.db.transaction(async (tx) => {
    const held = await lockProvider({ ...ctx, db: tx }, id);
    if (verified) await requireSameAccount(tx, held, verified);
    const [row] = await tx
      .update(providers)
      .set({ name, ...(verified ? renewed(before, verified) : {}) })
      .where(eq(providers.id, id))
      .returning()
      .catch(takenName(() => conflict(`There is a provider named ${name} already.`, "provider_name")));
    if (verified) {
      await forgetFacts(tx, id);
      await wakeEnvironments(tx, id);
    }
    await recordAudit(tx, ctx, "provider.update", id, { name, ...difference(before, row!, change) });
    return viewProvider(row!);
  });
}

/** Whether a change gives another name, and nothing else that is not there already. */
function isRename(before: ProviderRow, name: string, fields: Record<string, string>): boolean {
  const kept = unmask(before, {});
  return name !== before.name && Object.entries(fields).every(([key, value]) => kept[key] === value);
}

/** What settings that work make of a provider. */
const renewed = ({ id, type }: ProviderRow, { settings, account, missingPermissions }: Verified) => ({
  account,
  missingPermissions,
  trouble: null,
  throttledUntil: null,
  ...sealSettings(id, type, settings),
});

/** What is no secret with its values before and after; of secrets, which were given anew. */
function difference(before: ProviderRow, after: ProviderRow, { fields }: ProviderChange) {
  const open = ({ name, account, settings }: ProviderRow) => ({ name, account, ...settings });
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
