import type { integrations } from "#drizzle/schema/index.ts";
import { slug } from "#lib/model/names.ts";
import { registryPasswordPlace } from "#lib/model/places.ts";
import { mask } from "#lib/secrets.ts";
import { vault } from "#lib/vault.ts";

export type IntegrationRow = typeof integrations.$inferSelect;

/** An integration as people may see it: its password masked. */
export function viewIntegration(row: IntegrationRow) {
  const { password, ...rest } = row;
  return {
    ...rest,
    slug: slug(row.name).replaceAll("-", "_"),
    password: mask(vault().open(password, registryPasswordPlace(row.id))),
  };
}

export type IntegrationView = ReturnType<typeof viewIntegration>;
