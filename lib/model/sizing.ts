/** How big a server must be at least. */
export type Need = { cores: number; gib: number; architecture?: "amd64" | "arm64" };

/** A size that a provider has, as far as it matters here; `ram` as in "7.5 GiB". */
export type Offer = {
  id: string;
  cores: string;
  ram: string;
  architecture?: "amd64" | "arm64";
  pricePerHour?: number;
};

/** What a size is: as a need, it asks for one that is no smaller. */
export const shapeOf = ({ cores, ram, architecture }: Offer): Need => ({
  cores: Number.parseFloat(cores) || 0,
  gib: ram.endsWith("GiB") ? Number.parseFloat(ram) || 0 : 0,
  ...(architecture ? { architecture } : {}),
});

/**
 * The cheapest of the sizes that is as big as is needed, the smallest where no price is known; `short` where none is,
 * and then the biggest. Undefined without any of its architecture; what says none is an amd64.
 */
export function fittingSize<T extends Offer>(
  offers: readonly T[],
  need: Need,
): { size: T; short: boolean } | undefined {
  const kin = offers.filter((offer) => archOf(offer) === archOf(need));
  const enough = kin.filter((offer) => isEnough(shapeOf(offer), need)).toSorted(cheapestFirst);
  if (enough[0]) return { size: enough[0], short: false };
  const biggest = kin.toSorted((a, b) => compareShapes(shapeOf(b), shapeOf(a)))[0];
  return biggest && { size: biggest, short: true };
}

const archOf = ({ architecture }: { architecture?: "amd64" | "arm64" }) => architecture ?? "amd64";
const isEnough = (shape: Need, need: Need) => shape.cores >= need.cores && shape.gib >= need.gib;
const compareShapes = (a: Need, b: Need) => a.gib - b.gib || a.cores - b.cores;

function cheapestFirst(a: Offer, b: Offer): number {
  const [one, other] = [a.pricePerHour ?? Infinity, b.pricePerHour ?? Infinity];
  if (one !== other) return one - other;
  return compareShapes(shapeOf(a), shapeOf(b)) || a.id.localeCompare(b.id);
}

type Sized = { size: string | null; need: Need | null };

/** The size that stands for a wished one among those that can be had: itself where it is there, else by need. */
export function sizeFor<T extends Offer>(
  { size, need }: Sized,
  offers: readonly T[],
): { size: T; short: boolean } | undefined {
  const same = offers.find(({ id }) => id === size);
  if (same) return { size: same, short: false };
  return need ? fittingSize(offers, need) : undefined;
}

/** A need in words: "2 cores, 4 GiB". */
export const describeNeed = ({ cores, gib }: Need): string => `${cores} ${cores === 1 ? "core" : "cores"}, ${gib} GiB`;
