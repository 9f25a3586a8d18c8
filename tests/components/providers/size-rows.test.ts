import { expect, test } from "vitest";
import { queryOf, sizeRows } from "#components/providers/size-rows.ts";
import type { Size } from "#lib/providers/provider.ts";

const size = (id: string, cores: string, ram: string, more: Partial<Size> = {}): Size => ({
  id,
  cores,
  ram,
  disk: "SSD",
  ...more,
});
const metadata = {
  locations: {},
  sizes: {
    Basic: {
      b: size("b-10", "2", "4 GiB", { pricePerHour: 0.2 }),
      c: size("b-2", "2", "8 GiB", { pricePerHour: 0.1 }),
    },
    ARM: { a: size("a-1", "16", "0.5 GiB", { architecture: "arm64" }) },
  },
};
const ids = (query: string, sort: string) => sizeRows(metadata, { region: "", query, sort }).map(({ id }) => id);

test("sizes stand by price, what has none last, and by any column, in numbers' own order, either way", () => {
  expect(ids("", "")).toEqual(["b-2", "b-10", "a-1"]);
  expect(ids("", "size")).toEqual(["a-1", "b-2", "b-10"]);
  expect(ids("", "cores")).toEqual(["b-10", "b-2", "a-1"]);
  expect(ids("", "-memory")).toEqual(["b-2", "b-10", "a-1"]);
  expect(ids("", "nonsense")).toEqual(ids("", "price"));
});

test("every word that is sought must occur: name, family, cores, memory, architecture", () => {
  expect(ids("2 cores 4 gib", "")).toEqual(["b-10"]);
  expect(ids("ARM64", "")).toEqual(["a-1"]);
  expect(ids("basic", "")).toHaveLength(2);
  expect(ids("basic arm64", "")).toEqual([]);
});

test("a search's URL says what is unusual and nothing else", () => {
  const search = { region: "fra1", query: "", sort: "-price" };
  expect(queryOf(search, {})).toEqual({ region: "fra1", sort: "-price" });
  expect(queryOf(search, { region: "", query: "4 gib" })).toEqual({ q: "4 gib", sort: "-price" });
});
