"use server";

import { headers } from "next/headers";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { visitorContext } from "#app/(dashboard)/context.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { acceptInvitation as contract } from "#lib/api/contracts/members.ts";
import { parse } from "#lib/api/parse.ts";
import { visitorOf } from "#lib/api/visitor.ts";
import { acceptInvitation } from "#lib/domain/invitations/accept.ts";

/** Joins as who has logged in; answers why not, or nothing. */
export async function acceptAsMyself(token: string): Promise<string | undefined> {
  const visitor = visitorOf(new Headers(await headers()));
  const ctx = await visitorContext();
  if (!ctx) return "You are logged out: reload this page.";
  return attempt(() => acceptInvitation(visitor, { token }, ctx));
}

/** Joins by the account's password, or as somebody new. */
export async function acceptAsGuest(token: string, form: FormData): Promise<FormState> {
  const visitor = visitorOf(new Headers(await headers()));
  const accept = async ({ name, password }: Record<string, string>) =>
    acceptInvitation(visitor, parse(contract.body, { token, name, password }), null);
  return attemptForm(form, accept, ["password"]);
}
