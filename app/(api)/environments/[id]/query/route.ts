import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { presentQueried } from "#lib/api/present/servers.ts";
import { queryEnvironment } from "#lib/domain/environments/query.ts";

export const GET = handle(environments.query, async ({ ctx, params }) =>
  presentQueried(await queryEnvironment(ctx, params.id)),
);
