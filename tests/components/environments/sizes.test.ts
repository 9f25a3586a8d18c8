import { expect, test } from "vitest";
import { usualSize } from "#components/environments/new/sized-nodes.ts";
import { describeSize, sizesIn } from "#components/environments/new/sizes.ts";
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

test("the usual size is the cheapest with a GiB of memory, or the smallest where no price is known", () => {
  const tiny = size("tiny", { ram: "0.5 GiB", pricePerHour: 0.01 });
  const arm = size("arm", { architecture: "arm64", pricePerHour: 0.02 });
  const [small, big] = [size("small", { pricePerHour: 0.03 }), size("big", { ram: "4 GiB" })];
  expect(usualSize([tiny, arm, small, big])?.id).toBe("small");
  expect(usualSize([big, size("medium", { ram: "2 GiB" })])?.id).toBe("medium");
  expect(usualSize([tiny])).toBeUndefined();
});

test("a size is described without what is unknown", () => {
  expect(describeSize(size("a"))).toBe("1 core · 1 GiB · SSD");
  expect(describeSize(size("a", { cores: "2", pricePerHour: 0.1 }))).toBe("2 cores · 1 GiB · SSD · $0.10/h");
});
