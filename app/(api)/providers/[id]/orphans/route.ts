import * as providers from "#lib/api/contracts/providers.ts";
import { handle } from "#lib/api/handle.ts";
import { presentOrphans } from "#lib/api/present/providers.ts";
import { listOrphans } from "#lib/domain/providers/orphans.ts";

export const GET = handle(providers.orphans, async ({ ctx, params }) =>
  presentOrphans(await listOrphans(ctx, params.id)),
);
