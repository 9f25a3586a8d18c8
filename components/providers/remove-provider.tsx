"use client";

import { ConfirmButton } from "#components/ui/confirm-button.tsx";

type RemoveProps = { name: string; remove: () => Promise<string | undefined> };

/** Forgets a provider, after asking; leads back to the list. */
export function RemoveProvider({ name, remove }: RemoveProps) {
  return (
    <ConfirmButton
      variant="danger"
      title={`Remove provider ${name}?`}
      confirm="Remove provider"
      danger
      onConfirm={remove}
      trigger="Remove provider"
    >
      <p>
        Its key is deleted here, and what it had made in the cloud is not looked for any more. There is no way back.
      </p>
    </ConfirmButton>
  );
}
