import * as members from "#lib/api/contracts/members.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { presentInvitation, presentInvited } from "#lib/api/present/members.ts";
import { invite } from "#lib/domain/invitations/create.ts";
import { listInvitations } from "#lib/domain/invitations/list.ts";

export const POST = handle(members.invite, async ({ ctx, body, request }) =>
  presentInvited(await invite(ctx, body), request),
);

export const GET = handle(members.listInvitations, async ({ ctx, query, request }) =>
  paged(request, await listInvitations(ctx, query), query.limit, presentInvitation),
);
