import * as team from "#lib/api/contracts/team.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { presentToken } from "#lib/api/present/team.ts";
import { createToken } from "#lib/domain/tokens/create.ts";
import { listTokens } from "#lib/domain/tokens/list.ts";

export const POST = handle(team.createToken, async ({ ctx, body }) => {
  const { name, role, scopes, expires_in_days: expiresInDays } = body;
  const made = await createToken(ctx, { name, role, scopes, expiresInDays });
  return { ...presentToken(made), persistent_token: made.token };
});

export const GET = handle(team.listTokens, async ({ ctx, query, request }) =>
  paged(request, await listTokens(ctx, query), query.limit, presentToken),
);
