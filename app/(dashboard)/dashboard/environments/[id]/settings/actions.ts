"use server";

import { revalidatePath } from "next/cache";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { Refused, SettingsBody } from "#components/environments/settings/use-save.ts";
import { sortProblems } from "#components/ui/form-state.ts";
import { settings } from "#lib/api/contracts/environment-settings.ts";
import { parse } from "#lib/api/parse.ts";
import { changeSettings } from "#lib/domain/environments/settings.ts";
import { AppError } from "#lib/errors.ts";

/** Does what `PUT /environments/{id}/settings` does; answers why it was refused, or nothing. */
export async function save(id: string, body: SettingsBody): Promise<Refused | undefined> {
  const page = `/dashboard/environments/${id}`;
  const ctx = await pageContext(`${page}/settings`);
  try {
    await changeSettings(ctx, id, parse(settings.body, body));
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "internal") throw error;
    return sortProblems(error.problems, (field) => field.split(".")[0]! in body);
  }
  revalidatePath(page, "layout");
}
