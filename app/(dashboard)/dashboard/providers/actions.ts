"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import { secretFields } from "#components/providers/provider-fields.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { create } from "#lib/api/contracts/providers.ts";
import { parse } from "#lib/api/parse.ts";
import { createProvider } from "#lib/domain/providers/create.ts";
import { dockerOffer } from "#lib/domain/providers/offer.ts";
import { deleteProvider } from "#lib/domain/providers/remove.ts";
import { AppError } from "#lib/errors.ts";

const path = "/dashboard/providers";

export async function addProvider(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(path);
  const given = new FormData();
  for (const [name, value] of form) if (value !== "" || name === "provider_name") given.append(name, value);
  const state = await attemptForm(given, (values) => createProvider(ctx, parse(create.body, values)), secretFields);
  if (state.done) redirect(path);
  return state;
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
