"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import { ownOrigin } from "#app/(dashboard)/origin.ts";
import type { NewInvitation, Resent } from "#components/team/invited.ts";
import type { FormState } from "#components/ui/form-state.ts";
import * as contracts from "#lib/api/contracts/members.ts";
import { parse } from "#lib/api/parse.ts";
import type { Context } from "#lib/context.ts";
import { invite as inviteVerb } from "#lib/domain/invitations/create.ts";
import { withdrawInvitation } from "#lib/domain/invitations/remove.ts";
import { resendInvitation } from "#lib/domain/invitations/resend.ts";
import { changeRole as changeRoleVerb, transferOwnership } from "#lib/domain/members/change-role.ts";
import { removeMember } from "#lib/domain/members/remove.ts";
import { renameOrganisation } from "#lib/domain/organisations/rename.ts";

const path = "/dashboard/team";

async function act(run: (ctx: Context) => Promise<unknown>): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => run(ctx));
  revalidatePath(path, "layout");
  return refused;
}

const linkOf = async (token: string) => `${await ownOrigin()}/invitation/${token}`;

export async function invite(_: NewInvitation, form: FormData): Promise<NewInvitation> {
  const ctx = await pageContext(path);
  let made: NewInvitation["made"];
  const state = await attemptForm(form, async ({ email, role }) => {
    const invited = await inviteVerb(ctx, parse(contracts.invite.body, { email, role }));
    made = { email: invited.email, link: await linkOf(invited.token) };
  });
  revalidatePath(path);
  return { ...state, made };
}

export async function resend(id: string): Promise<Resent> {
  let link: string | undefined;
  const refused = await act(async (ctx) => {
    link = await linkOf((await resendInvitation(ctx, id)).token);
  });
  return { refused, link };
}

export const withdraw = async (id: string) => act((ctx) => withdrawInvitation(ctx, id));

export const changeRole = async (id: string, role: string) =>
  act((ctx) => changeRoleVerb(ctx, id, parse(contracts.changeRole.body, { role }).role));

export const transfer = async (id: string) => act((ctx) => transferOwnership(ctx, id));

/** Who leaves loses this session with the membership. */
export async function remove(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => removeMember(ctx, id));
  if (!refused && id === ctx.user.id) redirect("/login");
  revalidatePath(path);
  return refused;
}

export async function rename(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(path);
  const state = await attemptForm(form, ({ name }) =>
    renameOrganisation(ctx, ctx.organisation.id, parse(contracts.renameOrganisation.body, { name }).name),
  );
  revalidatePath("/dashboard", "layout");
  return state;
}
