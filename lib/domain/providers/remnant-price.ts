import type { Metadata, Prices, ProviderTraits, Remnant } from "#lib/providers/provider.ts";
import { diskCost, serverCost } from "../environments/cost.ts";

/** What something costs, in US dollars per hour; undefined where that is not known, 0 for what is free. Pure. */
export function remnantPrice(
  { kind, size, state, gib }: Remnant,
  { stoppedBills }: ProviderTraits,
  metadata: Metadata,
  prices: Prices | null,
): number | undefined {
  if (kind === "volume") return gib ? diskCost(gib, prices)?.perHour : undefined;
  if (kind !== "server" || !size) return undefined;
  if (state === "stopped" && stoppedBills !== "all") return 0;
  const known = Object.values(metadata.sizes).find((family) => Object.hasOwn(family, size))?.[size];
  return serverCost(known, prices)?.perHour;
}
