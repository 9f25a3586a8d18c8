import { perHour } from "#components/ui/money.ts";
import type { Metadata, Size } from "#lib/providers/provider.ts";

/** The sizes that can be had in a region, cheapest first where prices are known. */
export function sizesIn(metadata: Metadata | undefined, region: string): Size[] {
  const all = Object.values(metadata?.sizes ?? {}).flatMap((family) => Object.values(family));
  const here = all.filter(({ regions }) => !regions || regions.includes(region));
  return here.sort((a, b) => (a.pricePerHour ?? Infinity) - (b.pricePerHour ?? Infinity) || 0);
}

/** Cores, memory, disk and price in one line. */
export function describeSize({ cores, ram, disk, pricePerHour }: Size): string {
  const price = pricePerHour === undefined ? undefined : `${perHour(pricePerHour)}/h`;
  return [`${cores} ${cores === "1" ? "core" : "cores"}`, ram, disk, price].filter(Boolean).join(" · ");
}

/** The cheapest, or else the smallest, size with a GiB of memory: what a server has until somebody says otherwise. */
export function usualSize(sizes: readonly Size[]): Size | undefined {
  const gib = ({ ram }: Size) => (ram.endsWith("GiB") ? Number.parseFloat(ram) : 0);
  const enough = sizes.filter((size) => gib(size) >= 1 && size.architecture !== "arm64");
  const priced = enough.filter(({ pricePerHour }) => pricePerHour !== undefined);
  return priced.length > 0 ? priced[0] : enough.toSorted((a, b) => gib(a) - gib(b))[0];
}
