"use server";

import { revalidatePath } from "next/cache";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { update } from "#lib/api/contracts/templates.ts";
import { parse } from "#lib/api/parse.ts";
import { deleteTemplate } from "#lib/domain/templates/remove.ts";
import { updateTemplate } from "#lib/domain/templates/update.ts";

const path = "/dashboard/templates";

export async function changeTemplate(id: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(path);
  const state = await attemptForm(form, ({ name, description }) =>
    updateTemplate(ctx, id, parse(update.body, { name, description })),
  );
  if (state.done) revalidatePath(path);
  return state;
}

export async function removeTemplate(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => deleteTemplate(ctx, id));
  revalidatePath(path);
  return refused;
}
