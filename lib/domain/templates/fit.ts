import type { Context } from "#lib/context.ts";
import { invalid } from "#lib/errors.ts";
import { sizeFor } from "#lib/model/sizing.ts";
import { checkRegion } from "../environments/check.ts";
import { planPlace } from "../environments/plan.ts";
import { providerMetadata } from "../providers/metadata.ts";
import type { TemplateView } from "./view.ts";

/** Gives each of a template's servers the cheapest size that fits at a place; throws "invalid" where there is none. */
export async function fitTemplate(
  ctx: Context,
  template: TemplateView,
  place: { providerId: string; region: string },
): Promise<TemplateView> {
  const { metadata } = await planPlace(ctx, place);
  checkRegion(metadata, place.region);
  const { sizes } = await providerMetadata(ctx, place.providerId, place.region);
  const offers = Object.values(sizes).flatMap((family) => Object.values(family));
  const nodes = template.nodes.map((node, index) => {
    const found = sizeFor(node, offers);
    if (!found) throw invalid(`No size in ${place.region} is known to fit ${node.name}.`, `nodes[${index}].size`);
    return { ...node, size: found.size.id };
  });
  return { ...template, nodes };
}
