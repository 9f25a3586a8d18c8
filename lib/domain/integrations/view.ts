import type { integrations } from "#drizzle/schema/index.ts";
import { slug } from "#lib/model/names.ts";
import { mask } from "#lib/secrets.ts";
import { vault } from "#lib/vault.ts";

export type IntegrationRow = typeof integrations.$inferSelect;

export const passwordPlace = (id: string) => `integrations/${id}/password`;

/** An integration as people may see it: its password masked. */
export function viewIntegration(row: IntegrationRow) {
  const { password, ...rest } = row;
  return {
    ...rest,
    slug: slug(row.name).replaceAll("-", "_"),
    password: mask(vault().open(password, passwordPlace(row.id))),
  };
}

export type IntegrationView = ReturnType<typeof viewIntegration>;
