import { shapeOf, sizeFor } from "#lib/model/sizing.ts";
import type { Size } from "#lib/providers/provider.ts";
import type { DraftNode } from "./draft.ts";

/** Every node with a size that can be had: its own, else by need, else the usual one where it has none. */
export function sizedNodes(nodes: readonly DraftNode[], sizes: readonly Size[]): readonly DraftNode[] {
  const known = new Map(sizes.map((size) => [size.id, size]));
  const usual = usualSize(sizes);
  let changed = false;
  const all = nodes.map((node) => {
    const next = sizedNode(node, known, sizes, usual);
    changed ||= next !== node;
    return next;
  });
  return changed ? all : nodes;
}

function sizedNode(node: DraftNode, known: Map<string, Size>, sizes: readonly Size[], usual: Size | undefined) {
  const own = known.get(node.size);
  if (own) return node.need ? node : { ...node, need: shapeOf(own) };
  const found = sizeFor({ size: null, need: node.need ?? null }, sizes);
  if (found) {
    const swapped = node.size
      ? { from: node.size, short: found.short }
      : found.short
        ? { from: "", short: true }
        : undefined;
    return { ...node, size: found.size.id, swapped };
  }
  return node.size || !usual ? node : { ...node, size: usual.id, need: shapeOf(usual) };
}

/** The cheapest, or else the smallest, size with a GiB of memory: what a server has until somebody says otherwise. */
export function usualSize(sizes: readonly Size[]): Size | undefined {
  const gib = ({ ram }: Size) => (ram.endsWith("GiB") ? Number.parseFloat(ram) : 0);
  const enough = sizes.filter((size) => gib(size) >= 1 && size.architecture !== "arm64");
  const priced = enough.filter(({ pricePerHour }) => pricePerHour !== undefined);
  return priced.length > 0 ? priced[0] : enough.toSorted((a, b) => gib(a) - gib(b))[0];
}
