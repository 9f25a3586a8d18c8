import type { Metadata, Prices, ProviderTraits, Remnant } from "#lib/providers/provider.ts";

/** A month as clouds bill it. */
const hoursPerMonth = 730;

/** What something costs, in US dollars per hour; undefined where that is not known, 0 for what is free. Pure. */
export function remnantPrice(
  { kind, size, state, gib }: Remnant,
  { stoppedBills }: ProviderTraits,
  metadata: Metadata,
  prices: Prices | null,
): number | undefined {
  if (kind === "volume") return gib && prices?.diskGibMonth ? (gib * prices.diskGibMonth) / hoursPerMonth : undefined;
  if (kind !== "server" || !size) return undefined;
  if (state === "stopped" && stoppedBills !== "all") return 0;
  const known = Object.values(metadata.sizes).find((family) => Object.hasOwn(family, size))?.[size];
  return known?.pricePerHour ?? prices?.sizes[size];
}
