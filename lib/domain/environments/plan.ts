import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import type { LaunchChoices } from "#lib/model/launch.ts";
import type { EnvironmentWish, NodeWish } from "#lib/model/wishes.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { providerRow } from "../providers/get.ts";
import { metadataOf } from "../providers/metadata.ts";
import { checkChoices, checkNodes, checkRegion, sizesIn } from "./check.ts";
import { settledChoices } from "./choices.ts";

export type Plan = {
  nodes: (NodeWish & { pricePerHour?: number })[];
  /** How its servers are launched, settled. */
  choices: LaunchChoices;
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
  checkChoices(cloudOf(provider).traits, wish.choices);
  const choices = settledChoices(wish.choices, provider);
  const sizes = sizesIn(metadata, wish.region);
  const nodes = checkNodes(metadata, wish.region, choices.image!, wish.nodes).map((node) => {
    const price = sizes.get(node.size)?.pricePerHour;
    return price === undefined ? node : { ...node, pricePerHour: price };
  });
  const prices = nodes.map((node) => ("pricePerHour" in node ? (node.pricePerHour as number) : undefined));
  if (prices.some((price) => price === undefined)) return { nodes, choices };
  return { nodes, choices, pricePerHour: prices.reduce<number>((sum, price) => sum + price!, 0) };
}
