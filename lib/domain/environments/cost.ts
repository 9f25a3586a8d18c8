import type { PlannedResource, Prices, ProviderTraits, Size } from "#lib/providers/provider.ts";

/** A month as clouds bill it. */
export const hoursPerMonth = 730;

/** US dollars; undefined where one of the parts has no known price. */
export type Cost = { perHour: number; perMonth: number } | undefined;

const sum = (costs: Cost[]): Cost =>
  costs.reduce<Cost>(
    (total, one) => total && one && { perHour: total.perHour + one.perHour, perMonth: total.perMonth + one.perMonth },
    { perHour: 0, perMonth: 0 },
  );

/** What a server of a size costs while it runs, its own disk left out. Pure, as all of these. */
export function serverCost(size: Size | undefined, prices: Prices | null): Cost {
  const perHour = size?.pricePerHour ?? (size && prices?.sizes[size.id]);
  return perHour === undefined ? undefined : { perHour, perMonth: size?.pricePerMonth ?? perHour * hoursPerMonth };
}

/** What a disk costs, whether or not its server runs. */
export function diskCost(gib: number, prices: Prices | null): Cost {
  const rate = prices?.diskGibMonth;
  return rate === undefined ? undefined : { perHour: (gib * rate) / hoursPerMonth, perMonth: gib * rate };
}

/** What resources of one kind cost together; what is neither server nor disk is free. */
export function resourceCost(resource: PlannedResource, sizes: Map<string, Size>, prices: Prices | null): Cost {
  const { size, gib, count } = resource;
  const each = size ? serverCost(sizes.get(size), prices) : gib ? diskCost(gib, prices) : { perHour: 0, perMonth: 0 };
  return each && { perHour: each.perHour * count, perMonth: each.perMonth * count };
}

export const costOf = (resources: PlannedResource[], sizes: Map<string, Size>, prices: Prices | null): Cost =>
  sum(resources.map((one) => resourceCost(one, sizes, prices)));

/** What running servers of these sizes cost, and the same servers stopped; with their own disks, where those have a price. */
export function environmentCost(
  servers: (Size | undefined)[],
  diskGib: number | undefined,
  traits: Pick<ProviderTraits, "stoppedBills" | "diskGib">,
  prices: Prices | null,
): { running: Cost; stopped: Cost } {
  const machines = sum(servers.map((size) => serverCost(size, prices)));
  const gib = traits.diskGib && (diskGib ?? traits.diskGib.usual);
  const disks = gib ? diskCost(gib * servers.length, prices) : { perHour: 0, perMonth: 0 };
  const stopped = { all: sum([machines, disks]), disk: disks, nothing: undefined }[traits.stoppedBills];
  return { running: sum([machines, disks]), stopped };
}
