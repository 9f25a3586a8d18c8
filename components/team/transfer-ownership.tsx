"use client";

import { Crown } from "lucide-react";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

type TransferProps = { name: string; organisation: string; transfer: () => Promise<string | undefined> };

/** Hands the organisation over to a member. */
export function TransferOwnership({ name, organisation, transfer }: TransferProps) {
  return (
    <ConfirmButton
      variant="ghost"
      size="icon"
      aria-label={`Hand ${organisation} over to ${name}`}
      title={`Hand ${organisation} over to ${name}?`}
      confirm="Hand over"
      danger
      onConfirm={transfer}
      trigger={<Crown className="size-4" aria-hidden />}
    >
      <p>
        {name} becomes the owner, and you an admin. Only {name} can give it back. Your tokens may from then on do what
        an admin may.
      </p>
    </ConfirmButton>
  );
}
