import * as members from "#lib/api/contracts/members.ts";
import { handle } from "#lib/api/handle.ts";
import { presentInvited } from "#lib/api/present/members.ts";
import { resendInvitation } from "#lib/domain/invitations/resend.ts";

export const POST = handle(members.resendInvitation, async ({ ctx, params, request }) =>
  presentInvited(await resendInvitation(ctx, params.id), request),
);
