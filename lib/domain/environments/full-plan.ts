import type { Context } from "#lib/context.ts";
import { AppError, type Problem } from "#lib/errors.ts";
import type { EnvironmentWish } from "#lib/model/wishes.ts";
import {
  type CloudPlan,
  type PlannedResource,
  type Prices,
  ProviderError,
  type Quota,
} from "#lib/providers/provider.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { pricesOf } from "../providers/metadata.ts";
import type { ProviderRow } from "../providers/view.ts";
import { type Cost, costOf, resourceCost } from "./cost.ts";
import { type Plan, planEnvironment, planPlace } from "./plan.ts";

const timeoutMs = 30_000;

export type FullPlan = Plan & {
  /** Everything that would be made, and what it costs. */
  resources: (PlannedResource & { cost: Cost })[];
  cost: Cost;
  quotas: Quota[];
  /** What does not stand in the way and should be known. */
  warnings: string[];
};

/**
 * A wish with everything that it would make, held against the cloud as it is now; makes nothing. Throws "invalid" for
 * what could not be made, with alternatives. A cloud that does not answer is a warning: its part is left out.
 */
export async function fullPlan(ctx: Context, wish: EnvironmentWish): Promise<FullPlan> {
  const plan = await planEnvironment(ctx, wish);
  const { provider, sizes } = await planPlace(ctx, wish);
  const cloud = cloudOf(provider);
  const warnings: string[] = [];
  const [planned, prices] = await Promise.all([
    cloud
      .plan({ region: wish.region, choices: plan.choices, servers: countSizes(wish) }, AbortSignal.timeout(timeoutMs))
      .catch(orWarning(warnings)),
    pricesOrNone(ctx, provider, wish.region),
  ]);
  refuseUnavailable(wish, planned);
  const resources = planned.resources.map((one) => ({ ...one, cost: resourceCost(one, sizes, prices) }));
  const cost = planned.resources.length > 0 ? costOf(planned.resources, sizes, prices) : undefined;
  warnings.push(...planned.quotas.filter((quota) => !isEnough(quota)).map(shortage));
  if (!cost && prices && planned.resources.length > 0) warnings.push("Some of it has no known price.");
  if (cloud.traits.stoppedCost) warnings.push(cloud.traits.stoppedCost);
  const nodes = plan.nodes.map((node) => ({
    ...node,
    pricePerHour: sizes.get(node.size)?.pricePerHour ?? prices?.sizes[node.size],
  }));
  return { ...plan, nodes, resources, cost, quotas: planned.quotas, warnings };
}

/** Whether what is wished fits under a quota. */
export const isEnough = ({ limit, used, wanted }: Quota): boolean => used + wanted <= limit;

const shortage = ({ name, code, unit, limit, used, wanted }: Quota) =>
  `${name}${code ? ` (${code})` : ""}: ${wanted} more wanted, ${Math.max(0, limit - used)} of ${limit} ${unit} are free.`;

function countSizes({ nodes }: EnvironmentWish): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { size } of nodes) counts[size] = (counts[size] ?? 0) + 1;
  return counts;
}

function orWarning(warnings: string[]) {
  return (error: unknown): CloudPlan => {
    if (!(error instanceof ProviderError)) throw error;
    if (error.code === "invalid")
      throw new AppError("invalid", error.message, { cause: error, field: placeField(error) });
    warnings.push(`Not checked against the cloud: ${error.message}`);
    return { resources: [], quotas: [], unavailable: [] };
  };
}

/** What a refusal of the place is about. */
const placeField = ({ message }: ProviderError) => (/subnet/i.test(message) ? "subnet" : "network");

function pricesOrNone(ctx: Context, provider: ProviderRow, region: string): Promise<Prices | null> {
  return pricesOf(ctx, provider, region).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "cloud_refused") return null;
    throw error;
  });
}

function refuseUnavailable({ nodes }: EnvironmentWish, { unavailable }: CloudPlan): void {
  const problems = nodes.flatMap((node, index): Problem[] =>
    unavailable
      .filter(({ size }) => size === node.size)
      .map(({ size, where, alternatives }) => {
        const instead = alternatives.length > 0 ? `; the nearest there are ${alternatives.join(", ")}` : "";
        return {
          code: "invalid",
          field: `nodes[${index}].size`,
          message: `There is no ${size} in ${where}${instead}.`,
        };
      }),
  );
  if (problems[0]) throw new AppError("invalid", problems[0].message, { problems: problems.slice(0, 50) });
}
