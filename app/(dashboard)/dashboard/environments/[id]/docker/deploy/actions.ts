"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { pageContext } from "#app/(dashboard)/context.ts";
import { type Deployed, deployOf } from "#components/docker/deployed.ts";
import { parse } from "#lib/api/parse.ts";
import { variablesOf } from "#lib/console/compose/read.ts";
import { deployStack } from "#lib/console/stacks/deploy.ts";
import { planStack, type StackPlan, type StackWish } from "#lib/console/stacks/plan.ts";
import type { Context } from "#lib/context.ts";
import { AppError, forbidden } from "#lib/errors.ts";
import { includesRole } from "#lib/model/roles.ts";

const wish = z.object({
  name: z.string(),
  file: z.string(),
  variables: z.record(z.string(), z.string()),
  prune: z.boolean(),
});

/** What deploying would do, and which variables the file names. */
export const plan = async (id: string, sent: StackWish): Promise<Deployed> => run(id, sent, planStack);

/** Does it. */
export async function deploy(id: string, sent: StackWish): Promise<Deployed> {
  const done = await run(id, sent, deployStack);
  revalidatePath(`/dashboard/environments/${id}/docker`, "layout");
  return done;
}

async function run(
  id: string,
  sent: StackWish,
  verb: (ctx: Context, id: string, wish: StackWish) => Promise<StackPlan>,
): Promise<Deployed> {
  const ctx = await pageContext(`/dashboard/environments/${id}/docker/deploy`);
  try {
    if (!includesRole(ctx.role, "operator")) throw forbidden(`This needs the role operator; yours is ${ctx.role}.`);
    const wished = parse(wish, sent);
    // Asked for first: a file whose variables have no value yet still names them.
    const variables = variablesOf(wished.file);
    return deployOf(variables, await verb(ctx, id, wished).catch(refusal));
  } catch (error) {
    return deployOf([], refusal(error));
  }
}

/** What is wrong, for the person who asked. */
function refusal(error: unknown): string[] {
  if (!(error instanceof AppError) || error.code === "internal") throw error;
  return [...new Set(error.problems.map(({ message }) => message))];
}
