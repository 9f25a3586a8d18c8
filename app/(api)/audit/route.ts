import * as team from "#lib/api/contracts/team.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { listAudit } from "#lib/domain/audit/list.ts";

export const GET = handle(team.listAudit, async ({ ctx, query, request }) =>
  paged(request, await listAudit(ctx, query), query.limit, (entry) => entry),
);
