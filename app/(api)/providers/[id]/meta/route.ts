import * as providers from "#lib/api/contracts/providers.ts";
import { handle } from "#lib/api/handle.ts";
import { presentMetadata } from "#lib/api/present/providers.ts";
import { providerMetadata } from "#lib/domain/providers/metadata.ts";

export const GET = handle(providers.meta, async ({ ctx, params, query }) =>
  presentMetadata(await providerMetadata(ctx, params.id, query.region)),
);
