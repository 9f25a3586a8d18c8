import { expect, test } from "vitest";
import { carryOver, type Target } from "#lib/model/carry-over.ts";
import { fittingSize, type Offer, sizeFor } from "#lib/model/sizing.ts";

const offer = (id: string, cores: number, gib: number, more: Partial<Offer> = {}): Offer => ({
  id,
  cores: String(cores),
  ram: `${gib} GiB`,
  ...more,
});
const need = { cores: 2, gib: 4 };

test("the cheapest size that is big enough is chosen, not the smallest and not the first", () => {
  const offers = [
    offer("big", 8, 32, { pricePerHour: 0.4 }),
    offer("dear", 2, 4, { pricePerHour: 0.2 }),
    offer("fits", 4, 8, { pricePerHour: 0.1 }),
    offer("little-memory", 4, 2, { pricePerHour: 0.01 }),
    offer("few-cores", 1, 8, { pricePerHour: 0.01 }),
  ];
  expect(fittingSize(offers, need)).toMatchObject({ size: { id: "fits" }, short: false });
});

test("without prices it is the smallest that is big enough; a price that is known wins over one that is not", () => {
  const unpriced = [offer("huge", 8, 16), offer("fits", 2, 4), offer("tiny", 1, 1)];
  expect(fittingSize(unpriced, need)?.size.id).toBe("fits");
  expect(fittingSize([...unpriced, offer("priced", 8, 16, { pricePerHour: 9 })], need)?.size.id).toBe("priced");
});

test("where nothing is big enough it is the biggest, and says so", () => {
  expect(fittingSize([offer("a", 1, 1), offer("b", 1, 2)], need)).toMatchObject({ size: { id: "b" }, short: true });
});

test("another architecture never stands for a server's own", () => {
  const arm = offer("arm", 2, 4, { architecture: "arm64", pricePerHour: 0.01 });
  expect(fittingSize([arm], need)).toBeUndefined();
  expect(fittingSize([arm, offer("amd", 2, 4)], need)?.size.id).toBe("amd");
  expect(fittingSize([arm, offer("amd", 2, 4)], { ...need, architecture: "arm64" })?.size.id).toBe("arm");
});

test("a size that is there stands for itself, whatever is cheaper", () => {
  const offers = [offer("cheap", 2, 4, { pricePerHour: 0.1 }), offer("wished", 1, 1, { pricePerHour: 0.5 })];
  expect(sizeFor({ size: "wished", need }, offers)?.size.id).toBe("wished");
  expect(sizeFor({ size: "gone", need }, offers)?.size.id).toBe("cheap");
  expect(sizeFor({ size: "gone", need: null }, offers)).toBeUndefined();
});

const target: Target = {
  images: ["debian-12"],
  network: true,
  disk: { least: 10, most: 100 },
  sameProvider: true,
  sameRegion: true,
};

test("all of a launch goes along to the same place", () => {
  const choices = { image: "debian-12", network: undefined, subnet: "subnet-1", diskGib: 20 } as const;
  expect(carryOver(choices, target)).toEqual({ choices, lost: [] });
});

test("a subnet stays in its region, an image and a network where they exist, a disk within what is had; each loss is named", () => {
  const choices = { image: "ubuntu-24.04", network: undefined, subnet: "subnet-1", diskGib: 200 } as const;
  const { choices: kept, lost } = carryOver(choices, { ...target, sameRegion: false });
  expect(kept).toEqual({ image: undefined, network: undefined, subnet: undefined, diskGib: undefined });
  expect(lost.map(({ field }) => field)).toEqual(["image", "subnet", "disk_gib"]);
  const bare = { ...target, network: false, disk: undefined };
  expect(carryOver({ network: "own" }, bare).lost.map(({ field }) => field)).toEqual(["network"]);
});
