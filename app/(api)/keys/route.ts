import * as team from "#lib/api/contracts/team.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { presentKey } from "#lib/api/present/team.ts";
import { createKey } from "#lib/domain/keys/create.ts";
import { listKeys } from "#lib/domain/keys/list.ts";

export const POST = handle(team.createKey, async ({ ctx, body }) =>
  presentKey(await createKey(ctx, { name: body.name, publicKey: body.public_key })),
);

export const GET = handle(team.listKeys, async ({ ctx, query, request }) =>
  paged(request, await listKeys(ctx, query), query.limit, presentKey),
);
