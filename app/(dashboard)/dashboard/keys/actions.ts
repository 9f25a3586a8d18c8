"use server";

import { revalidatePath } from "next/cache";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { createKey as contract } from "#lib/api/contracts/team.ts";
import { parse } from "#lib/api/parse.ts";
import { createKey } from "#lib/domain/keys/create.ts";
import { deleteKey } from "#lib/domain/keys/remove.ts";

const path = "/dashboard/keys";

export async function addKey(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(path);
  const state = await attemptForm(form, (values) => {
    const { name, public_key } = parse(contract.body, values);
    return createKey(ctx, { name, publicKey: public_key });
  });
  revalidatePath(path);
  return state;
}

export async function removeKey(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => deleteKey(ctx, id));
  revalidatePath(path);
  return refused;
}
