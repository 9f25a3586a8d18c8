import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import { providerTypes } from "#lib/providers/registry.ts";
import { providerRow } from "./get.ts";

/**
 * The least that a provider's credentials must be allowed, in the cloud's own form: an IAM policy, a list of scopes.
 * `id` may also be a type of provider, before there is one. Throws "not_found" for clouds that have nothing to allow.
 */
export async function providerPolicy(ctx: Context, id: string, network?: "default" | "own"): Promise<object> {
  const row = Object.hasOwn(providerTypes, id) ? null : await providerRow(ctx, id);
  const { settings } = row ?? { settings: {} as Record<string, string> };
  const wanted = network ?? (settings.subnet ? "default" : settings.network);
  const { policy } = providerTypes[row?.type ?? (id as ProviderType)];
  if (!policy) throw notFound("A policy for this provider");
  return policy({ ownNetwork: wanted === "own", roleArn: settings.role_arn });
}
