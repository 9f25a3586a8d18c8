"use server";

import { headers } from "next/headers";
import { attemptForm } from "#app/(dashboard)/attempt.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { resetPassword as contract } from "#lib/api/contracts/accounts.ts";
import { parse } from "#lib/api/parse.ts";
import { visitorOf } from "#lib/api/visitor.ts";
import { resetByLink } from "#lib/domain/accounts/reset-password.ts";

export async function chooseNewPassword(token: string, form: FormData): Promise<FormState> {
  const visitor = visitorOf(new Headers(await headers()));
  const choose = async (values: Record<string, string>) => {
    const { password } = parse(contract.body, { token, password: values.password });
    await resetByLink(visitor, token, password);
  };
  return attemptForm(form, choose, ["password"]);
}
