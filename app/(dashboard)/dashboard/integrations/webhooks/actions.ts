"use server";

import { revalidatePath } from "next/cache";
import { attempt, attemptForm, keepChosen } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { FormState } from "#components/ui/form-state.ts";
import type { NewWebhook } from "#components/webhooks/add-webhook-form.tsx";
import { create, update } from "#lib/api/contracts/webhooks.ts";
import { parse } from "#lib/api/parse.ts";
import { createWebhook } from "#lib/domain/webhooks/create.ts";
import { redeliver, testWebhook } from "#lib/domain/webhooks/deliveries.ts";
import { deleteWebhook } from "#lib/domain/webhooks/remove.ts";
import { rotateWebhookSecret } from "#lib/domain/webhooks/rotate.ts";
import { updateWebhook } from "#lib/domain/webhooks/update.ts";

const path = "/dashboard/integrations";
const pathOf = (id: string) => `${path}/webhooks/${id}`;

export async function addWebhook(_: NewWebhook, form: FormData): Promise<NewWebhook> {
  const ctx = await pageContext(`${path}/webhooks/new`);
  const events = form.getAll("events");
  let made: NewWebhook["made"];
  const state = await attemptForm(form, async ({ name, url }) => {
    const { id, newSecret } = await createWebhook(ctx, parse(create.body, { name, url, events }));
    made = { href: pathOf(id), secret: newSecret };
  });
  return keepChosen({ ...state, made }, "events", events);
}

export async function changeWebhook(id: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(pathOf(id));
  const events = form.getAll("events");
  const enabled = form.get("enabled") !== null;
  const state = await attemptForm(form, ({ name, url }) =>
    updateWebhook(ctx, id, parse(update.body, { name, url, events, enabled })),
  );
  if (state.done) revalidatePath(pathOf(id));
  return keepChosen(state, "events", events);
}

/** Answers the new secret, the only time that it can be seen. */
export async function rotateSecret(id: string): Promise<{ secret?: string; problem?: string }> {
  const ctx = await pageContext(pathOf(id));
  let secret: string | undefined;
  const problem = await attempt(async () => {
    secret = (await rotateWebhookSecret(ctx, id)).newSecret;
  });
  revalidatePath(pathOf(id));
  return { secret, problem };
}

export async function sendTest(id: string): Promise<string | undefined> {
  const ctx = await pageContext(pathOf(id));
  const refused = await attempt(() => testWebhook(ctx, id));
  revalidatePath(pathOf(id));
  return refused;
}

export async function sendAgain(id: string, delivery: string): Promise<string | undefined> {
  const ctx = await pageContext(pathOf(id));
  const refused = await attempt(() => redeliver(ctx, id, delivery));
  revalidatePath(pathOf(id));
  return refused;
}

export async function removeWebhook(id: string): Promise<string | undefined> {
  const ctx = await pageContext(path);
  const refused = await attempt(() => deleteWebhook(ctx, id));
  revalidatePath(path);
  return refused;
}
