"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { FormState } from "#components/ui/form-state.ts";
import * as contracts from "#lib/api/contracts/accounts.ts";
import { parse } from "#lib/api/parse.ts";
import { changePassword as changePasswordVerb } from "#lib/domain/accounts/change-password.ts";
import { disconnectIdentity } from "#lib/domain/accounts/disconnect.ts";
import { renameMyself } from "#lib/domain/accounts/me.ts";
import { endOwnSession } from "#lib/domain/accounts/sessions.ts";
import { enterOrganisation } from "#lib/domain/organisations/enter.ts";

const path = "/dashboard/account";

export async function changeName(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(path);
  const state = await attemptForm(form, ({ name }) => renameMyself(ctx, parse(contracts.rename.body, { name }).name));
  revalidatePath(path);
  return state;
}

export async function changePassword(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(path);
  const change = async ({ current_password, password }: Record<string, string>) => {
    const wish = parse(contracts.changePassword.body, { current_password, password });
    await changePasswordVerb(ctx, wish.current_password, wish.password);
  };
  const state = await attemptForm(form, change, ["current_password", "password"]);
  revalidatePath(path);
  return state;
}

export async function disconnect(provider: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => disconnectIdentity(ctx, provider));
  revalidatePath(path);
  return refused;
}

export async function endSession(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => endOwnSession(ctx, id));
  revalidatePath(path);
  return refused;
}

/** Turns this browser to another organisation of its user's. */
export async function enter(id: string): Promise<void> {
  await enterOrganisation(await pageContext(path), id);
  revalidatePath("/dashboard", "layout");
  redirect("/dashboard");
}
