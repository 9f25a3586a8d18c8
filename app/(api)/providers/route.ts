import * as providers from "#lib/api/contracts/providers.ts";
import { handle } from "#lib/api/handle.ts";
import { presentProvider, presentProviders } from "#lib/api/present/providers.ts";
import { createProvider } from "#lib/domain/providers/create.ts";
import { listProviders } from "#lib/domain/providers/get.ts";

/** The reference shows EC2's answer in a one-element array, DigitalOcean's bare. */
export const POST = handle(providers.create, async ({ ctx, body }) => {
  const made = presentProvider(await createProvider(ctx, body));
  return made.provider_type === "ec2" ? [made] : made;
});

export const GET = handle(providers.list, async ({ ctx }) => presentProviders(await listProviders(ctx)));
