const MOST = 5;

export type Shape = { id: string; cores: number; gib: number; architecture: string | undefined };

/** The sizes nearest to one that cannot be had: of its architecture, by cores and memory, the nearest first; five at most. */
export function nearestSizes(wanted: Shape, offered: Shape[]): string[] {
  const far = (a: number, b: number) => Math.abs(Math.log2(Math.max(a, 0.1) / Math.max(b, 0.1)));
  const distance = ({ cores, gib }: Shape) => far(cores, wanted.cores) + far(gib, wanted.gib);
  return offered
    .filter(({ id, architecture }) => id !== wanted.id && architecture === wanted.architecture)
    .toSorted((a, b) => distance(a) - distance(b) || a.id.localeCompare(b.id))
    .slice(0, MOST)
    .map(({ id }) => id);
}
