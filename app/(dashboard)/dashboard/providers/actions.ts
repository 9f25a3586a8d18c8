"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import { secretFields } from "#components/providers/provider-fields.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { create, update } from "#lib/api/contracts/providers.ts";
import { parse } from "#lib/api/parse.ts";
import { createProvider, type ProviderWish } from "#lib/domain/providers/create.ts";
import { dockerOffer } from "#lib/domain/providers/offer.ts";
import { removeOrphans } from "#lib/domain/providers/orphans.ts";
import { deleteProvider } from "#lib/domain/providers/remove.ts";
import { updateProvider } from "#lib/domain/providers/update.ts";
import { AppError } from "#lib/errors.ts";

const path = "/dashboard/providers";

/** The fields that hold something. */
const filledIn = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));

export async function addProvider(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(path);
  let id = "";
  const add = async (values: Record<string, string>) => {
    id = (await createProvider(ctx, parse(create.body, { provider_name: "", ...filledIn(values) }))).id;
  };
  const state = await attemptForm(form, add, secretFields);
  if (state.done) redirect(`${path}/${id}`);
  return state;
}

/** Renames a provider or rotates its credentials; what was left empty stays as it is. */
export async function changeProvider(id: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(`${path}/${id}`);
  const change = (values: Record<string, string>) => updateProvider(ctx, id, parse(update.body, filledIn(values)));
  const state = await attemptForm(form, change, secretFields);
  if (state.done) revalidatePath(`${path}/${id}`, "layout");
  return state;
}

/** Tries a provider's credentials again as they are; answers why the cloud refuses them, or nothing. */
export async function checkProvider(id: string): Promise<string | undefined> {
  const ctx = await pageContext(`${path}/${id}`);
  const refused = await attempt(() => updateProvider(ctx, id, { fields: {} }));
  revalidatePath(`${path}/${id}`, "layout");
  return refused;
}

/** Forgets a provider, and leads to those that are left. */
export async function removeProviderForGood(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => deleteProvider(ctx, id));
  if (!refused) redirect(path);
  return refused;
}

/** Makes a practice cloud of this machine a provider, if it still runs. */
export async function acceptPracticeOffer(type: ProviderWish["type"]): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() =>
    createProvider(ctx, { type, name: `practice-${type.replace("_", "-")}`, fields: { practice: "yes" } }),
  );
  revalidatePath("/dashboard", "layout");
  return refused;
}

/** Removes orphans; what is still there is answered with the reason. */
export async function removeOrphansOf(id: string, ids: string[]) {
  const ctx = await pageContext(`${path}/${id}/orphans`);
  let refused: { id: string; reason: string }[] = [];
  const problem = await attempt(async () => {
    ({ refused } = await removeOrphans(ctx, id, ids));
  });
  revalidatePath(`${path}/${id}/orphans`);
  return { problem, refused };
}

/** Adds this machine's engine, if it is still on offer. */
export async function acceptDockerOffer(): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(async () => {
    const offer = await dockerOffer(ctx);
    if (!offer) throw new AppError("conflict", "The engine does not answer any more, or is a provider already.");
    await createProvider(ctx, { type: "docker", name: "this-machine", fields: { host: offer.host } });
  });
  revalidatePath("/dashboard", "layout");
  return refused;
}

export async function removeProvider(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => deleteProvider(ctx, id));
  revalidatePath(path);
  return refused;
}
