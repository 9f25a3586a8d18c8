"use server";

import { redirect } from "next/navigation";
import { attempt } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { ScaleBody } from "#components/environments/scale/scale-draft.ts";
import { update } from "#lib/api/contracts/environments.ts";
import { parse } from "#lib/api/parse.ts";
import { updateEnvironment } from "#lib/domain/environments/update.ts";

/** Does what `PUT /environments/{id}` does, and goes to the servers; answers why it was refused. */
export async function scale(id: string, body: ScaleBody): Promise<string | undefined> {
  const page = `/dashboard/environments/${id}`;
  const ctx = await pageContext(`${page}/scale`);
  const refused = await attempt(() => updateEnvironment(ctx, id, parse(update.body, body)));
  return refused ?? redirect(page);
}
