import { config } from "#lib/config.ts";
import type { Invited } from "#lib/domain/invitations/create.ts";
import type { InvitationView } from "#lib/domain/invitations/view.ts";

export const presentInvitation = (invitation: InvitationView) => ({
  id: invitation.id,
  email: invitation.email,
  role: invitation.role,
  state: invitation.state,
  invited_by: invitation.invitedBy,
  expires_at: invitation.expiresAt,
  accepted_at: invitation.acceptedAt,
  created_at: invitation.createdAt,
});

/** With the link, as the asker reaches us. */
export const presentInvited = (invited: Invited, request: Request) => ({
  ...presentInvitation(invited),
  link: `${config().publicUrl ?? new URL(request.url).origin}/invitation/${invited.token}`,
  mailed: config().smtpUrl !== undefined,
});
