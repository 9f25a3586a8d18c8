import type { Described } from "#lib/domain/providers/metadata.ts";
import type { Orphan, Orphans } from "#lib/domain/providers/orphans.ts";
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
  missing_permissions: provider.missingPermissions,
  throttled_until: provider.throttledUntil,
  simulated: provider.simulated,
});

/** Regions and sizes in the reference's shape, with what may be chosen beside them. */
export const presentMetadata = ({ locations, sizes, choices, ageSeconds }: Described) => ({
  locations,
  sizes,
  choices: {
    images: [...choices.images],
    network: choices.takesNetwork,
    ...(choices.diskGib ? { disk_gib: choices.diskGib } : {}),
  },
  age_seconds: ageSeconds,
});

/** One key per type that has any. */
export const presentProviders = (providers: ProviderView[]) =>
  Object.fromEntries(Map.groupBy(providers.map(presentProvider), (provider) => provider.provider_type));

const presentOrphan = (orphan: Orphan) => ({
  id: orphan.id,
  kind: orphan.kind,
  name: orphan.name,
  region: orphan.region,
  environment: orphan.environmentId,
  size: orphan.size ?? null,
  state: orphan.state ?? null,
  gib: orphan.gib ?? null,
  created_at: orphan.createdAt,
  age_seconds: orphan.createdAt && Math.max(0, Math.round((Date.now() - orphan.createdAt.getTime()) / 1000)),
  ...(orphan.pricePerHour === undefined ? {} : { price_per_hour: orphan.pricePerHour }),
});

export const presentOrphans = ({ orphans, unread }: Orphans) => ({
  orphans: orphans.map(presentOrphan),
  unread,
  price_per_hour: orphans.reduce((sum, { pricePerHour }) => sum + (pricePerHour ?? 0), 0),
});
