import { and, eq, isNull } from "drizzle-orm";
import { environments, nodes } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { ownerOf } from "#lib/db/installation.ts";
import { AppError } from "#lib/errors.ts";
import { type Provider, ProviderError, type Remnant, type Remnants } from "#lib/providers/provider.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { providerRow } from "./get.ts";
import { metadataOf, pricesOf } from "./metadata.ts";
import { remnantPrice } from "./remnant-price.ts";
import type { ProviderRow } from "./view.ts";

const timeoutMs = 120_000;

/** Something in the cloud that we made and that no environment wants; its price in US dollars where it is known. */
export type Orphan = Remnant & { pricePerHour?: number };
export type Orphans = { orphans: Orphan[]; unread: Remnants["unread"] };
export type RemovedOrphans = { removed: string[]; refused: { id: string; reason: string }[] };

/**
 * Everything in a provider's cloud that carries our mark and is of no environment that lives, in every region that is
 * open; regions that do not answer are named. Throws "cloud_refused" where the cloud answers nothing at all.
 */
export async function listOrphans(ctx: Context, providerId: string): Promise<Orphans> {
  const row = await providerRow(ctx, providerId);
  const cloud = cloudOf(row);
  const { found, unread } = await orphansOf(ctx, row, cloud);
  return { orphans: await priced(ctx, row, cloud, found), unread };
}

/** Removes orphans; all are looked up anew, and what is none by now is refused with the reason. */
export async function removeOrphans(ctx: Context, providerId: string, ids: string[]): Promise<RemovedOrphans> {
  requireRole(ctx, "admin");
  const row = await providerRow(ctx, providerId);
  const cloud = cloudOf(row);
  const { found } = await orphansOf(ctx, row, cloud);
  const wanted = found.filter(({ id }) => ids.includes(id));
  const strangers = ids.filter((id) => !wanted.some((one) => one.id === id));
  const ended = await cloud.removeRemnants(wanted, AbortSignal.timeout(timeoutMs)).catch(refused);
  const removed = ended.filter(({ reason }) => reason === null).map(({ id }) => id);
  await recordAudit(ctx.db, ctx, "provider.remove-orphans", row.id, { name: row.name, removed });
  return {
    removed,
    refused: [
      ...ended.flatMap(({ id, reason }) => (reason === null ? [] : [{ id, reason }])),
      ...strangers.map((id) => ({ id, reason: "It is no orphan of this provider, or gone already." })),
    ],
  };
}

/** What lives is read after the cloud is: an environment that is made meanwhile is never taken for an orphan. */
async function orphansOf(ctx: Context, row: ProviderRow, cloud: Provider): Promise<Remnants> {
  const { locations } = await metadataOf(ctx, row);
  const regions = Object.keys(locations).filter((name) => locations[name]?.available);
  const owner = await ownerOf(ctx.db, row.id);
  const { found, unread } = await cloud.remnants(regions, owner, AbortSignal.timeout(timeoutMs)).catch(refused);
  const living = await ctx.db
    .select({ id: environments.id, serverId: nodes.serverId })
    .from(environments)
    .leftJoin(nodes, eq(nodes.environmentId, environments.id))
    .where(and(eq(environments.providerId, row.id), isNull(environments.deletedAt)));
  // A server that was renamed, or lost its marks, is a node's all the same.
  const wanted = new Set(living.flatMap(({ id, serverId }) => [id, serverId]));
  return { found: found.filter(({ id, environmentId }) => !wanted.has(environmentId) && !wanted.has(id)), unread };
}

async function priced(ctx: Context, row: ProviderRow, cloud: Provider, found: Remnant[]): Promise<Orphan[]> {
  const metadata = await metadataOf(ctx, row);
  const regions = [...new Set(found.filter(({ size, gib }) => size || gib).map(({ region }) => region))];
  // A region whose prices cannot be had has orphans without a price.
  const prices = new Map(
    await Promise.all(
      regions.map(async (region) => [region, await pricesOf(ctx, row, region).catch(() => null)] as const),
    ),
  );
  return found.map((one) => {
    const price = remnantPrice(one, cloud.traits, metadata, prices.get(one.region) ?? null);
    return price === undefined ? one : { ...one, pricePerHour: price };
  });
}

function refused(error: unknown): never {
  if (error instanceof ProviderError) throw new AppError("cloud_refused", error.message, { cause: error });
  throw error;
}
