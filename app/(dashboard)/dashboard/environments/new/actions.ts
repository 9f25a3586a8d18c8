"use server";

import { redirect } from "next/navigation";
import { pageContext } from "#app/(dashboard)/context.ts";
import { bodyOf, type Draft } from "#components/environments/new/draft.ts";
import type { Refusal } from "#components/environments/new/use-create.ts";
import { create as applicationContract } from "#lib/api/contracts/applications.ts";
import { environmentWish } from "#lib/api/contracts/environment-wish.ts";
import { parse } from "#lib/api/parse.ts";
import type { Context } from "#lib/context.ts";
import { createApplication } from "#lib/domain/applications/create.ts";
import { createEnvironment } from "#lib/domain/environments/create.ts";
import { planEnvironment } from "#lib/domain/environments/plan.ts";
import { AppError } from "#lib/errors.ts";

/** Makes the application where it is new, and the environment; a wish that cannot be made makes neither. */
export async function createFromForm(draft: Draft): Promise<Refusal> {
  const ctx = await pageContext("/dashboard/environments/new");
  let application: Refusal["application"];
  let id: string;
  try {
    const wish = parse(environmentWish, bodyOf(draft));
    if (!draft.applicationId) {
      await planEnvironment(ctx, wish);
      application = await newApplication(ctx, draft.applicationName);
    }
    id = (await createEnvironment(ctx, application?.id ?? String(draft.applicationId), wish)).id;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "internal") throw error;
    return { problems: error.problems, application };
  }
  redirect(`/dashboard/environments/${id}`);
}

async function newApplication(ctx: Context, name: string) {
  const { application_name } = parse(applicationContract.body, { application_name: name });
  const made = await createApplication(ctx, { name: application_name });
  return { id: made.id, name: made.name };
}
