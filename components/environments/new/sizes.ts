import { monthly, perHour, perMonth } from "#components/ui/money.ts";
import type { Option } from "#components/ui/use-listbox.ts";
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

/** A size as it is picked: found by its cores ("2 cores"), memory ("4 GiB") and architecture as well. */
export function sizeOption({ pricePerHour, pricePerMonth, ...size }: Size): Option {
  const month = pricePerMonth === undefined ? perMonth(pricePerHour ?? 0) : monthly(pricePerMonth);
  const price = pricePerHour === undefined ? {} : { aside: [`${perHour(pricePerHour)}/h`, month] };
  const detail = [describeSize(size), size.architecture === "arm64" ? "ARM" : ""].filter(Boolean).join(" · ");
  return { value: size.id, label: size.id, detail, words: size.architecture ?? "", ...price };
}
