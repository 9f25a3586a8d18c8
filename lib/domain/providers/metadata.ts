import { eq } from "drizzle-orm";
import { providers } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { type Metadata, ProviderError } from "#lib/providers/provider.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { providerRow } from "./get.ts";
import type { ProviderRow } from "./view.ts";

const freshMs = 10 * 60_000;
const timeoutMs = 30_000;

/** Regions and sizes; at most ten minutes old, or older while the cloud does not answer. Throws "cloud_refused". */
export async function providerMetadata(ctx: Context, id: string): Promise<Metadata> {
  return metadataOf(ctx, await providerRow(ctx, id));
}

export async function metadataOf(ctx: Context, row: ProviderRow): Promise<Metadata> {
  if (row.metadata && row.metadataAt && Date.now() - row.metadataAt.getTime() < freshMs) return row.metadata;
  try {
    const metadata = await cloudOf(row).metadata(AbortSignal.timeout(timeoutMs));
    await ctx.db.update(providers).set({ metadata, metadataAt: new Date() }).where(eq(providers.id, row.id));
    return metadata;
  } catch (error) {
    if (row.metadata) return row.metadata;
    if (error instanceof ProviderError) throw new AppError("cloud_refused", error.message, { cause: error });
    throw error;
  }
}
