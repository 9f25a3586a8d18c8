import { eq } from "drizzle-orm";
import { nodes } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { providerRow } from "../providers/get.ts";
import { keptPrices } from "../providers/metadata.ts";
import { type Cost, environmentCost } from "./cost.ts";
import type { EnvironmentView } from "./view.ts";

/** US dollars, as far as prices are known; `sentence` says in words what a stopped server is billed for. */
export type EnvironmentCosts = { running: Cost; stopped: Cost; sentence: string | null };

/** What an environment costs while it runs and while it is stopped, by the prices that are kept. Asks no cloud. */
export async function environmentCosts(
  ctx: Context,
  { id, providerId, region, diskGib }: Pick<EnvironmentView, "id" | "providerId" | "region" | "diskGib">,
): Promise<EnvironmentCosts> {
  const row = await providerRow(ctx, providerId);
  const { traits } = cloudOf(row);
  const { sizes, prices } = await keptPrices(ctx, row, region);
  const rows = await ctx.db.select({ size: nodes.size }).from(nodes).where(eq(nodes.environmentId, id));
  const { running, stopped } = environmentCost(
    rows.map(({ size }) => sizes.get(size)),
    diskGib ?? undefined,
    traits,
    prices,
  );
  return { running, stopped, sentence: traits.stoppedCost ?? null };
}
