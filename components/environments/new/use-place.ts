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
  const sizes = useSizes(here ?? metadata, providerId, region);
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

/**
 * How sizes are read is loaded once there are any; until then, and for another place, there are none. What is known of a
 * place stays until more of it is, so that nobody who types in its field is interrupted.
 */
function useSizes(metadata: Metadata | undefined, providerId: string, region: string) {
  const [sizes, setSizes] = useState<RegionSizes & { of: Metadata; place: string }>();
  const place = `${providerId} ${region}`;
  useEffect(() => {
    if (!metadata) return;
    let left = false;
    import("./region-sizes.ts").then(({ regionSizes }) => {
      if (!left) setSizes({ ...regionSizes(metadata, region), of: metadata, place });
    });
    return () => {
      left = true;
    };
  }, [metadata, region, place]);
  return sizes?.place === place ? sizes : undefined;
}
