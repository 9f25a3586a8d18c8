import { type Dispatch, useEffect, useState } from "react";
import type { Metadata } from "#lib/providers/provider.ts";
import type { DraftChange } from "./change-draft.ts";
import type { Draft } from "./draft.ts";
import type { RegionSizes } from "./region-sizes.ts";
import { useMetadata } from "./use-metadata.ts";

const none: RegionSizes["options"] = [];

/** What the chosen provider and region have, and the draft's nodes sized by it. */
export function usePlace(draft: Draft, settle: Dispatch<DraftChange>) {
  const { providerId, region, nodes } = draft;
  const { metadata, problem, retry } = useMetadata(providerId);
  const { metadata: here } = useMetadata(providerId, region);
  const sizes = useSizes(here ?? metadata, region);
  useEffect(() => {
    const open = Object.entries(metadata?.locations ?? {}).filter(([, { available }]) => available);
    const [only, other] = open;
    if (only && !other && region !== only[0]) settle({ do: "set", values: { region: only[0] } });
  }, [metadata, region, settle]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: nodes that were added or filled in are sized as well.
  useEffect(() => {
    if (here && sizes?.of === here) settle({ do: "size-nodes", sized: sizes.sized });
  }, [here, sizes, nodes, settle]);
  return { metadata, problem, retry, sizes: sizes?.options ?? none };
}

/** How sizes are read is loaded once there are any; until then, and for another region, there are none. */
function useSizes(metadata: Metadata | undefined, region: string) {
  const [sizes, setSizes] = useState<RegionSizes & { of: Metadata; region: string }>();
  useEffect(() => {
    if (!metadata) return;
    let left = false;
    import("./region-sizes.ts").then(({ regionSizes }) => {
      if (!left) setSizes({ ...regionSizes(metadata, region), of: metadata, region });
    });
    return () => {
      left = true;
    };
  }, [metadata, region]);
  return sizes?.of === metadata && sizes?.region === region ? sizes : undefined;
}
