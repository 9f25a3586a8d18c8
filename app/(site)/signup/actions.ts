"use server";

import { headers } from "next/headers";
import { attemptForm } from "#app/(dashboard)/attempt.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { register } from "#lib/api/contracts/accounts.ts";
import { parse } from "#lib/api/parse.ts";
import { visitorOf } from "#lib/api/visitor.ts";
import { signUp as makeAccount } from "#lib/domain/accounts/register.ts";

/** Makes an account; answers what is wrong with the form, or nothing. */
export async function signUp(form: FormData): Promise<FormState | undefined> {
  const visitor = visitorOf(new Headers(await headers()));
  const state = await attemptForm(
    form,
    async (values) => {
      const { email, password, name } = parse(register.body, values);
      await makeAccount(visitor, { email, password, name });
    },
    ["password", "password_confirm"],
  );
  return state.done ? undefined : state;
}
