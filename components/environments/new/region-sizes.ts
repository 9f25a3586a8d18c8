import type { Option } from "#components/ui/use-listbox.ts";
import type { Metadata } from "#lib/providers/provider.ts";
import type { ChangeNodes } from "./change-draft.ts";
import { sizedNodes } from "./sized-nodes.ts";
import { sizeOption, sizesIn } from "./sizes.ts";

export type RegionSizes = { options: readonly Option[]; sized: ChangeNodes };

/** The sizes that a region has, to be picked from, and nodes brought to them. */
export function regionSizes(metadata: Metadata, region: string): RegionSizes {
  const sizes = sizesIn(metadata, region);
  return { options: sizes.map(sizeOption), sized: (nodes) => sizedNodes(nodes, sizes) };
}
