import * as providers from "#lib/api/contracts/providers.ts";
import { handle } from "#lib/api/handle.ts";
import { providerMetadata } from "#lib/domain/providers/metadata.ts";

export const GET = handle(providers.meta, ({ ctx, params }) => providerMetadata(ctx, params.id));
