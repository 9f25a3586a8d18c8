import { eq } from "drizzle-orm";
import { tokens } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";

/** When the persistent token ends that asks, if one does and it ends: what it asks for does not outlive it. */
export async function endOfToken({ db, tokenId }: Context): Promise<Date | null> {
  if (!tokenId) return null;
  const [token] = await db.select({ until: tokens.expiresAt }).from(tokens).where(eq(tokens.id, tokenId));
  return token?.until ?? null;
}
