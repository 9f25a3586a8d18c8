import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { type Metadata, type Prices, ProviderError, type ProviderTraits, type Size } from "#lib/providers/provider.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { factOf, keptFact } from "./facts.ts";
import { providerRow } from "./get.ts";
import type { ProviderRow } from "./view.ts";

const timeoutMs = 60_000;

export type Described = Metadata & {
  /** What a wish may say of how servers are launched. */
  choices: Pick<ProviderTraits, "images" | "takesNetwork" | "diskGib">;
  ageSeconds: number;
};

/** Regions and sizes; with `region`, that region's sizes alone, and priced. Throws "cloud_refused", "invalid" for no region. */
export async function providerMetadata(ctx: Context, id: string, region?: string): Promise<Described> {
  const row = await providerRow(ctx, id);
  const { images, takesNetwork, diskGib } = cloudOf(row).traits;
  const { value, ageSeconds } = await metadataFact(ctx, row);
  const metadata = region ? await inRegion(ctx, row, value, region) : value;
  return { ...metadata, choices: { images, takesNetwork, ...(diskGib ? { diskGib } : {}) }, ageSeconds };
}

/** A provider's regions and sizes, as young as they are kept. */
export async function metadataOf(ctx: Context, row: ProviderRow): Promise<Metadata> {
  return (await metadataFact(ctx, row)).value;
}

/** A region's prices, none where the credentials may not read them; null where the cloud has no list of them. */
export async function pricesOf(ctx: Context, row: ProviderRow, region: string): Promise<Prices | null> {
  if (!cloudOf(row).prices) return null;
  const load = () => loadPrices(row, region);
  return (await factOf(ctx.db, row.id, `prices ${region}`, load).catch(refused)).value;
}

const loadPrices = async (row: ProviderRow, region: string): Promise<Prices> =>
  (await cloudOf(row).prices?.(region, AbortSignal.timeout(timeoutMs))) ?? { sizes: {} };

/** A region's sizes and prices as far as they are kept; asks no cloud before it answers. */
export async function keptPrices(
  ctx: Context,
  row: ProviderRow,
  region: string,
): Promise<{ sizes: Map<string, Size>; prices: Prices | null }> {
  const cloud = cloudOf(row);
  if (cloud.prices) {
    const prices = await keptFact(ctx.db, row.id, `prices ${region}`, () => loadPrices(row, region));
    const priced = Object.entries(prices?.sizes ?? {}).map(([id]) => [id, { id } as Size] as const);
    return { sizes: new Map(priced), prices };
  }
  const metadata = await keptFact(ctx.db, row.id, "metadata", () => cloud.metadata(AbortSignal.timeout(timeoutMs)));
  const all = Object.values(metadata?.sizes ?? {}).flatMap((family) => Object.values(family));
  return { sizes: new Map(all.map((size) => [size.id, size])), prices: null };
}

function metadataFact(ctx: Context, row: ProviderRow) {
  const load = () => cloudOf(row).metadata(AbortSignal.timeout(timeoutMs));
  return factOf(ctx.db, row.id, "metadata", load).catch(refused);
}

async function inRegion(ctx: Context, row: ProviderRow, metadata: Metadata, region: string): Promise<Metadata> {
  const location = Object.hasOwn(metadata.locations, region) ? metadata.locations[region] : undefined;
  if (!location) throw new AppError("invalid", `There is no region ${region}.`, { field: "region" });
  const prices = location.available ? await pricesOf(ctx, row, region) : null;
  const sizes: Metadata["sizes"] = {};
  for (const [family, members] of Object.entries(metadata.sizes)) {
    const here = Object.values(members).filter(({ regions }) => !regions || regions.includes(region));
    if (here.length === 0) continue;
    sizes[family] = Object.fromEntries(
      here.map((size) => [size.id, { ...size, pricePerHour: size.pricePerHour ?? prices?.sizes[size.id] }]),
    );
  }
  return { locations: { [region]: location }, sizes };
}

function refused(error: unknown): never {
  if (error instanceof ProviderError) throw new AppError("cloud_refused", error.message, { cause: error });
  throw error;
}
