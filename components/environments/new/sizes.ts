import type { Metadata, Size } from "#lib/providers/provider.ts";

const hoursPerMonth = 730;

/** The sizes that can be had in a region, cheapest first where prices are known. */
export function sizesIn(metadata: Metadata | undefined, region: string): Size[] {
  const all = Object.values(metadata?.sizes ?? {}).flatMap((family) => Object.values(family));
  const here = all.filter(({ regions }) => !regions || regions.includes(region));
  return here.sort((a, b) => (a.pricePerHour ?? Infinity) - (b.pricePerHour ?? Infinity) || 0);
}

/** Cores, memory, disk and price in one line. */
export function describeSize({ cores, ram, disk, pricePerHour }: Size): string {
  const price = pricePerHour === undefined ? undefined : `$${trim(pricePerHour)}/h`;
  return [`${cores} ${cores === "1" ? "core" : "cores"}`, ram, disk, price].filter(Boolean).join(" · ");
}

/** What these sizes cost together: US dollars per hour and per month of 730 hours; null where one has no known price. */
export function costOf(sizes: readonly (Size | undefined)[]): { hour: string; month: string } | null {
  let perHour = 0;
  for (const size of sizes) {
    if (size?.pricePerHour === undefined) return null;
    perHour += size.pricePerHour;
  }
  return { hour: `$${trim(perHour)}`, month: `$${(perHour * hoursPerMonth).toFixed(2)}` };
}

/** At least two digits after the point, at most four. */
const trim = (amount: number) => amount.toFixed(4).replace(/0{1,2}$/, "");
