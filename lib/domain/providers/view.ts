import type { providers } from "#drizzle/schema/index.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import { openSecrets } from "#lib/providers/sealed.ts";
import { mask } from "#lib/secrets.ts";

export type ProviderRow = typeof providers.$inferSelect;
export type ProviderView = {
  id: string;
  name: string;
  type: ProviderType;
  alias: string;
  organisationId: string;
  /** Settings; secrets masked. */
  meta: Record<string, string>;
  trouble: string | null;
  /** What its credentials were found not to be allowed, in the cloud's own names. */
  missingPermissions: string[];
  /** The cloud asked to be left alone until then; null where that is past. */
  throttledUntil: Date | null;
  /** A practice cloud: nothing in it is real. */
  simulated: boolean;
  createdAt: Date;
};

/** A provider as people may see it. */
export function viewProvider(row: ProviderRow): ProviderView {
  const secrets = Object.entries(openSecrets(row)).map(([key, value]) => [key, mask(value)]);
  const { practice, identity: _, ...settings } = row.settings;
  const meta = { ...settings, ...Object.fromEntries(secrets) };
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    alias: row.alias,
    organisationId: row.organisationId,
    meta,
    trouble: row.trouble,
    missingPermissions: row.missingPermissions,
    throttledUntil: row.throttledUntil && row.throttledUntil > new Date() ? row.throttledUntil : null,
    simulated: practice === "yes",
    createdAt: row.createdAt,
  };
}
