import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { AppError, invalid } from "#lib/errors.ts";
import { type Carried, carryOver } from "#lib/model/carry-over.ts";
import { type Offer, sizeFor } from "#lib/model/sizing.ts";
import type { NodeWish } from "#lib/model/wishes.ts";
import type { Metadata } from "#lib/providers/provider.ts";
import { type Described, providerMetadata } from "../providers/metadata.ts";
import { checkRegion } from "./check.ts";
import { choicesOf } from "./choices.ts";
import { type Accepted, createEnvironment } from "./create.ts";
import { getEnvironment } from "./get.ts";
import { environmentShapes } from "./shapes.ts";
import type { EnvironmentView } from "./view.ts";

/** Where to, and under what name; what is left out is as the environment has it. */
export type CloneWish = { providerId?: string; region?: string; name: string; applicationId?: string };

export type Cloned = Accepted & {
  /** Sizes that another stands for at the place; `short` where none there is as big. */
  sizes: { node: string; from: string; to: string; short: boolean }[];
  /** What did not go along, by the field's name, and why. */
  lost: Carried["lost"];
};

/**
 * Makes an environment like another, at another place or the same, with the same hours; what is on the disks does not go
 * along, nor does protection or an end.
 */
export async function cloneEnvironment(ctx: Context, id: string, wish: CloneWish): Promise<Cloned> {
  requireRole(ctx, "operator");
  const source = await getEnvironment(ctx, id);
  const providerId = wish.providerId ?? source.providerId;
  const everywhere = await providerMetadata(ctx, providerId).catch(ofField("provider_id"));
  const region = wish.region ?? regionFor(source, providerId, everywhere);
  checkRegion(everywhere, region);
  const target = await providerMetadata(ctx, providerId, region);
  const { nodes, sizes } = await sizedNodes(ctx, source, target);
  const { choices, lost } = carryOver(choicesOf(source), {
    images: target.choices.images,
    network: target.choices.takesNetwork,
    disk: target.choices.diskGib,
    sameProvider: providerId === source.providerId,
    sameRegion: region === source.region,
  });
  const { heal, schedule } = source;
  const copy = { providerId, region, name: wish.name, heal, nodes, choices, lifecycle: { schedule } };
  const made = await createEnvironment(ctx, wish.applicationId ?? source.applicationId, copy);
  return { ...made, sizes, lost };
}

async function sizedNodes(ctx: Context, source: EnvironmentView, target: Metadata) {
  const offers: Offer[] = Object.values(target.sizes).flatMap((family) => Object.values(family));
  const sizes: Cloned["sizes"] = [];
  const nodes: NodeWish[] = [];
  for (const { name, size, need, packages, expose } of await environmentShapes(ctx, source.id)) {
    const found = sizeFor({ size, need }, offers);
    if (!found) throw invalid(`Nothing there is known to stand for the ${size} of ${name}.`, "region");
    if (found.size.id !== size) sizes.push({ node: name, from: size, to: found.size.id, short: found.short });
    nodes.push({ name, size: found.size.id, packages, expose });
  }
  return { nodes, sizes };
}

/** The environment's own region, or the only one that another provider has open. */
function regionFor(source: EnvironmentView, providerId: string, { locations }: Described): string {
  if (providerId === source.providerId) return source.region;
  const [only, other] = Object.keys(locations).filter((region) => locations[region]?.available);
  if (only && !other) return only;
  throw invalid("Another provider has other regions: say which one.", "region");
}

function ofField(field: string) {
  return (error: unknown): never => {
    if (error instanceof AppError && error.code === "not_found")
      throw new AppError("invalid", "There is no such provider.", { cause: error, field });
    throw error;
  };
}
