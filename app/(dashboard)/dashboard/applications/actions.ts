"use server";

import { revalidatePath } from "next/cache";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { create } from "#lib/api/contracts/applications.ts";
import { parse } from "#lib/api/parse.ts";
import { createApplication } from "#lib/domain/applications/create.ts";
import { deleteApplication } from "#lib/domain/applications/remove.ts";

const path = "/dashboard/applications";

export async function addApplication(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(path);
  const state = await attemptForm(form, (values) => {
    const { application_name } = parse(create.body, values);
    return createApplication(ctx, { name: application_name });
  });
  revalidatePath(path);
  return state;
}

export async function removeApplication(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => deleteApplication(ctx, id));
  revalidatePath(path);
  return refused;
}
