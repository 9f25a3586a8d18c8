"use server";

import { revalidatePath } from "next/cache";
import { attempt, attemptForm, keepChosen } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { NewToken } from "#components/tokens/add-token-form.tsx";
import { createToken as contract } from "#lib/api/contracts/team.ts";
import { parse } from "#lib/api/parse.ts";
import { createToken } from "#lib/domain/tokens/create.ts";
import { deleteToken } from "#lib/domain/tokens/remove.ts";
import { invalid } from "#lib/errors.ts";

const path = "/dashboard/tokens";

export async function addToken(_: NewToken, form: FormData): Promise<NewToken> {
  const ctx = await pageContext(path);
  let token: string | undefined;
  const chosen = form.getAll("scopes").map(String);
  const scopes = form.get("limited") && chosen.length > 0 ? chosen : undefined;
  const state = await attemptForm(form, async ({ name, role, expires_in_days }) => {
    const days = expires_in_days ? Number(expires_in_days) : undefined;
    const wish = parse(contract.body, { name, role, scopes, expires_in_days: days });
    if (form.get("limited") && !wish.scopes)
      throw invalid("scopes: choose at least one, or all that the role may", "scopes");
    const { expires_in_days: expiresInDays, ...rest } = wish;
    const made = await createToken(ctx, { ...rest, expiresInDays });
    token = made.token;
  });
  revalidatePath(path);
  return { ...keepChosen(state, "scopes", chosen), token };
}

export async function revokeToken(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => deleteToken(ctx, id));
  revalidatePath(path);
  return refused;
}
