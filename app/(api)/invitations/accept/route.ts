import * as members from "#lib/api/contracts/members.ts";
import { handle } from "#lib/api/handle.ts";
import { knownAsker } from "#lib/api/known.ts";
import { acceptInvitation } from "#lib/domain/invitations/accept.ts";
import { previewInvitation } from "#lib/domain/invitations/find.ts";

export const GET = handle(members.previewInvitation, async ({ ctx, query }) => {
  const { organisation, inviter, email, role, expiresAt, hasAccount } = await previewInvitation(ctx, query.token);
  return { organisation: organisation.name, inviter, email, role, expires_at: expiresAt, has_account: hasAccount };
});

export const POST = handle(members.acceptInvitation, async ({ ctx, body, request }) => {
  const { organisation, email, role } = await acceptInvitation(ctx, body, await knownAsker(ctx, request));
  return { organisation: { id: organisation.id, name: organisation.name }, email, role };
});
