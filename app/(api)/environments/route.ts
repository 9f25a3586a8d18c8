import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { presentEnvironment } from "#lib/api/present/environments.ts";
import { listEnvironments } from "#lib/domain/environments/get.ts";

export const GET = handle(environments.list, async ({ ctx, query, request }) =>
  paged(request, await listEnvironments(ctx, query), query.limit, presentEnvironment),
);
