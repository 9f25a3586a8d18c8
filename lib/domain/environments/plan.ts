import type { Image } from "#lib/bootstrap/package.ts";
import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import type { EnvironmentWish, NodeWish } from "#lib/model/wishes.ts";
import { providerRow } from "../providers/get.ts";
import { metadataOf } from "../providers/metadata.ts";
import type { ProviderRow } from "../providers/view.ts";
import { checkNodes, checkRegion, sizesIn } from "./check.ts";

export type Plan = {
  nodes: (NodeWish & { pricePerHour?: number })[];
  /** US dollars; absent where a size has no known price. */
  pricePerHour?: number;
};

/** A wish held against the provider's regions and sizes and against the catalogue, and priced; makes nothing. */
export async function planEnvironment(ctx: Context, wish: EnvironmentWish): Promise<Plan> {
  const provider = await providerRow(ctx, wish.providerId).catch((error) => {
    if (error instanceof AppError && error.code === "not_found")
      throw new AppError("invalid", "There is no such provider.", { field: "provider_id" });
    throw error;
  });
  const metadata = await metadataOf(ctx, provider);
  checkRegion(metadata, wish.region);
  const sizes = sizesIn(metadata, wish.region);
  const nodes = checkNodes(metadata, wish.region, imageOf(provider), wish.nodes).map((node) => {
    const price = sizes.get(node.size)?.pricePerHour;
    return price === undefined ? node : { ...node, pricePerHour: price };
  });
  const prices = nodes.map((node) => ("pricePerHour" in node ? (node.pricePerHour as number) : undefined));
  if (prices.some((price) => price === undefined)) return { nodes };
  return { nodes, pricePerHour: prices.reduce<number>((sum, price) => sum + price!, 0) };
}

/** The image that a provider's servers start from. */
export const imageOf = (provider: ProviderRow): Image => (provider.settings.image as Image | undefined) ?? "debian-12";
