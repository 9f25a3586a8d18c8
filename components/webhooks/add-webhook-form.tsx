"use client";

import { ButtonLink } from "#components/ui/button-link.tsx";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { WebhookFields } from "./webhook-fields.tsx";

/** The form's state; with the webhook's page and its secret right after it was made, the only time that can be seen. */
export type NewWebhook = FormState & { made?: { href: string; secret: string } };

export function AddWebhookForm({ add }: { add: (state: NewWebhook, form: FormData) => Promise<NewWebhook> }) {
  const [state, submit] = useForm(add, blank as NewWebhook);
  if (state.made)
    return (
      <div role="status" className="flex flex-col gap-3 p-5">
        <p className="font-medium">Its signing secret. Copy it now: it is not shown again.</p>
        <CopyLine text={state.made.secret} label="Copy secret" />
        <p className="text-ink-soft">
          Your receiver checks each delivery with it, so that nobody else can send one. The webhook’s page shows how,
          and sends a test.
        </p>
        <div>
          <ButtonLink href={state.made.href} variant="primary">
            I have it: go on
          </ButtonLink>
        </div>
      </div>
    );
  return (
    <form action={submit} className="flex flex-col gap-5 p-5" noValidate>
      {state.message && <Notice tone="bad">{state.message}</Notice>}
      <WebhookFields key={state.values.events} state={state} />
      <div>
        <SubmitButton>Add webhook</SubmitButton>
      </div>
    </form>
  );
}
