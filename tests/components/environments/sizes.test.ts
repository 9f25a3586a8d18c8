import { expect, test } from "vitest";
import { costOf, describeSize, sizesIn } from "#components/environments/new/sizes.ts";
import type { Size } from "#lib/providers/provider.ts";

const size = (id: string, more: Partial<Size> = {}): Size => ({ id, cores: "1", ram: "1 GiB", disk: "SSD", ...more });

test("a region shows the sizes that can be had there, cheapest first, those without a price last", () => {
  const sizes = {
    general: { a: size("a", { pricePerHour: 2 }), b: size("b", { pricePerHour: 1 }), c: size("c") },
    far: { d: size("d", { regions: ["elsewhere"] }) },
  };
  expect(sizesIn({ locations: {}, sizes }, "here").map(({ id }) => id)).toEqual(["b", "a", "c"]);
  expect(sizesIn(undefined, "here")).toEqual([]);
});

test("a cost is told only where every price is known", () => {
  expect(costOf([size("a", { pricePerHour: 0.0116 }), size("a", { pricePerHour: 0.1 })])).toEqual({
    hour: "$0.1116",
    month: "$81.47",
  });
  expect(costOf([size("a", { pricePerHour: 0.1 }), size("b")])).toBeNull();
  expect(costOf([undefined])).toBeNull();
});

test("a size is described without what is unknown", () => {
  expect(describeSize(size("a"))).toBe("1 core · 1 GiB · SSD");
  expect(describeSize(size("a", { cores: "2", pricePerHour: 0.1 }))).toBe("2 cores · 1 GiB · SSD · $0.10/h");
});
