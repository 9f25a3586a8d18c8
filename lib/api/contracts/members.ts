import { z } from "zod";
import { define } from "../define.ts";
import { done, email, id, idParams, moment, name, page, role } from "./fields.ts";

const tag = "Team";
const token = z.string().trim().min(1).max(128);

const member = z.object({ id, email: z.string(), role });

export const changeRole = define("PUT", "/members/{id}", {
  tag,
  access: "admin",
  scope: "team",
  summary: "Give a member another role, up to one's own; the last owner keeps theirs",
  params: idParams,
  body: z.object({ role }),
  result: member,
});

export const remove = define("DELETE", "/members/{id}", {
  tag,
  access: "viewer",
  scope: "team",
  summary: "Remove a member, or leave: their sessions, tokens and Docker certificates here end at once",
  params: idParams,
  result: done,
});

export const transfer = define("POST", "/members/{id}/transfer-ownership", {
  tag,
  access: "owner",
  scope: "team",
  summary: "Make a member the owner, and oneself an admin",
  params: idParams,
  body: z.unknown(),
  result: member,
});

const invitation = z.object({
  id,
  email: z.string(),
  role,
  state: z.enum(["open", "accepted", "expired"]),
  invited_by: z.string(),
  expires_at: moment,
  accepted_at: moment.nullable(),
  created_at: moment,
});
/** The link is for the address alone, and is shown this once. */
const sent = invitation.extend({ link: z.string(), mailed: z.boolean() });

export const invite = define("POST", "/invitations", {
  tag,
  access: "admin",
  scope: "team",
  summary:
    "Invite an address for 7 days, up to one's own role; the link is shown this once, and mailed where mail is set up",
  body: z.object({ email, role }),
  result: sent,
});

export const listInvitations = define("GET", "/invitations", {
  tag,
  access: "admin",
  scope: "team",
  summary: "Invitations and what became of them",
  query: page,
  result: z.array(invitation),
});

export const resendInvitation = define("POST", "/invitations/{id}/resend", {
  tag,
  access: "admin",
  scope: "team",
  summary: "A new link for an invitation; the old one ends",
  params: idParams,
  body: z.unknown(),
  result: sent,
});

export const withdrawInvitation = define("DELETE", "/invitations/{id}", {
  tag,
  access: "admin",
  scope: "team",
  summary: "Withdraw an invitation: its link ends",
  params: idParams,
  result: done,
});

export const previewInvitation = define("GET", "/invitations/accept", {
  tag,
  access: "public",
  scope: null,
  summary: "What a link invites to",
  query: z.object({ token }),
  result: z.object({
    organisation: z.string(),
    inviter: z.string(),
    email: z.string(),
    role,
    expires_at: moment,
    has_account: z.boolean(),
  }),
});

export const acceptInvitation = define("POST", "/invitations/accept", {
  tag,
  access: "public",
  scope: null,
  summary: "Accept: logged in as the address, or with its account's password, or with a name and a new password",
  body: z.object({ token, name: name.optional(), password: z.string().min(1).max(1024).optional() }),
  result: z.object({ organisation: z.object({ id, name: z.string() }), email: z.string(), role }),
});

export const listOrganisations = define("GET", "/organisations", {
  tag,
  access: "viewer",
  scope: "team",
  summary: "The organisations that one belongs to; a persistent token knows its own alone",
  result: z.array(z.object({ id, name: z.string(), role, current: z.boolean(), created_at: moment })),
});

export const renameOrganisation = define("PUT", "/organisations/{id}", {
  tag,
  access: "owner",
  scope: "team",
  summary: "Rename the organisation; names of servers go on beginning with the first name",
  params: idParams,
  body: z.object({ name }),
  result: done,
});

export const enterOrganisation = define("POST", "/organisations/{id}/enter", {
  tag,
  access: "viewer",
  scope: "team",
  summary: "Turn the session that asks to another organisation of its user's",
  params: idParams,
  body: z.unknown(),
  result: done,
});
