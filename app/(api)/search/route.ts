import { search } from "#lib/api/contracts/search.ts";
import { handle } from "#lib/api/handle.ts";
import { presentFound } from "#lib/api/present/overview.ts";
import { findEnvironments } from "#lib/domain/environments/find.ts";

export const GET = handle(search, async ({ ctx, query: { q, wish, docker, limit } }) =>
  (await findEnvironments(ctx, { words: q, wish, docker: docker === "true", limit })).map(presentFound),
);
