import { notFound } from "next/navigation";
import { cache } from "react";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { Context } from "#lib/context.ts";
import { getProvider } from "#lib/domain/providers/get.ts";
import { providerPolicy } from "#lib/domain/providers/policy.ts";
import { AppError } from "#lib/errors.ts";

/** The provider of a page and who looks at it, read once for the layout and the page. */
export const readProvider = cache(async (id: string) => {
  const ctx = await pageContext(`/dashboard/providers/${id}`);
  const provider = await getProvider(ctx, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return { ctx, provider };
});

/** The least that its credentials must be allowed; null where its cloud has nothing to allow. */
export const policyOf = (ctx: Context, id: string): Promise<object | null> =>
  providerPolicy(ctx, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
