"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { create, update } from "#lib/api/contracts/integrations.ts";
import { parse } from "#lib/api/parse.ts";
import { deleteIntegration, updateRegistry } from "#lib/domain/integrations/change.ts";
import { createRegistry } from "#lib/domain/integrations/create.ts";
import { getIntegration } from "#lib/domain/integrations/get.ts";
import { reverifyRegistry } from "#lib/domain/integrations/reverify.ts";

const path = "/dashboard/integrations";
const pathOf = (id: string) => `${path}/registries/${id}`;

/** An address left empty is Docker Hub's, which the contract knows. */
const stated = ({ url, ...rest }: Record<string, string>) => (url?.trim() ? { ...rest, url } : rest);

export async function addRegistry(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(`${path}/registries/new`);
  let id = "";
  const add = async (values: Record<string, string>) => {
    id = (await createRegistry(ctx, parse(create.body, stated(values)))).id;
  };
  const state = await attemptForm(form, add, ["password"]);
  if (state.done) redirect(pathOf(id));
  return state;
}

/** Changes a registry; a password left empty stays as it is. */
export async function changeRegistry(id: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(pathOf(id));
  const change = async (values: Record<string, string>) => {
    const password = values.password || (await getIntegration(ctx, id)).password;
    return updateRegistry(ctx, id, parse(update.body, { ...stated(values), password }));
  };
  const state = await attemptForm(form, change, ["password"]);
  if (state.done) revalidatePath(pathOf(id));
  return state;
}

export async function verifyAgain(id: string): Promise<string | undefined> {
  const ctx = await pageContext(pathOf(id));
  const refused = await attempt(() => reverifyRegistry(ctx, id));
  revalidatePath(pathOf(id));
  return refused;
}

export async function removeRegistry(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => deleteIntegration(ctx, id));
  revalidatePath(path);
  return refused;
}
