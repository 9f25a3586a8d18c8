import type { ProviderView } from "#lib/domain/providers/view.ts";

/** A provider as the reference shows it. */
export const presentProvider = (provider: ProviderView) => ({
  provider_meta: provider.meta,
  name: provider.name,
  organisation: provider.organisationId,
  id: provider.id,
  provider_type: provider.type,
  alias: provider.alias,
  trouble: provider.trouble,
});

/** One key per type that has any. */
export const presentProviders = (providers: ProviderView[]) =>
  Object.fromEntries(Map.groupBy(providers.map(presentProvider), (provider) => provider.provider_type));
