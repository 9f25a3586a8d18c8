"use server";

import { headers } from "next/headers";
import { attemptForm } from "#app/(dashboard)/attempt.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { forgotPassword as contract } from "#lib/api/contracts/accounts.ts";
import { parse } from "#lib/api/parse.ts";
import { visitorOf } from "#lib/api/visitor.ts";
import { forgotPassword } from "#lib/domain/accounts/forgot-password.ts";

export async function askForReset(_: FormState, form: FormData): Promise<FormState> {
  const visitor = visitorOf(new Headers(await headers()));
  return attemptForm(form, async ({ email }) => forgotPassword(visitor, parse(contract.body, { email }).email));
}
