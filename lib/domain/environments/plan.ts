import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import type { LaunchChoices } from "#lib/model/launch.ts";
import type { EnvironmentWish, NodeWish } from "#lib/model/wishes.ts";
import type { Metadata, Size } from "#lib/providers/provider.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { providerRow } from "../providers/get.ts";
import { metadataOf } from "../providers/metadata.ts";
import type { ProviderRow } from "../providers/view.ts";
import { checkChoices, checkNodes, checkRegion, sizesIn } from "./check.ts";
import { settledChoices } from "./choices.ts";

/** A wish's nodes with canonical package names, and how its servers are launched, settled. */
export type Plan = { nodes: (NodeWish & { pricePerHour?: number | undefined })[]; choices: LaunchChoices };

/** A wish held against what is kept of the provider's regions and sizes, and against the catalogue; makes nothing. */
export async function planEnvironment(ctx: Context, wish: EnvironmentWish): Promise<Plan> {
  const { provider, metadata } = await planPlace(ctx, wish);
  checkRegion(metadata, wish.region);
  checkChoices(cloudOf(provider).traits, wish.choices);
  const choices = settledChoices(wish.choices, provider);
  return { nodes: checkNodes(metadata, wish.region, choices.image!, wish.nodes), choices };
}

/** A wish's provider with its regions, and with the sizes of the wished one. */
export async function planPlace(
  ctx: Context,
  { providerId, region }: Pick<EnvironmentWish, "providerId" | "region">,
): Promise<{ provider: ProviderRow; metadata: Metadata; sizes: Map<string, Size> }> {
  const provider = await providerRow(ctx, providerId).catch((error) => {
    if (error instanceof AppError && error.code === "not_found")
      throw new AppError("invalid", "There is no such provider.", { field: "provider_id" });
    throw error;
  });
  const metadata = await metadataOf(ctx, provider);
  return { provider, metadata, sizes: sizesIn(metadata, region) };
}
