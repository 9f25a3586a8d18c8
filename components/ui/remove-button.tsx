"use client";

import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { ConfirmButton } from "./confirm-button.tsx";

type RemoveProps = {
  /** What is removed, by name: `key "laptop"`. */
  what: string;
  /** What is lost. */
  children: ReactNode;
  remove: () => Promise<string | undefined>;
  verb?: string;
};

/** Removes one row of a list, after asking. */
export function RemoveButton({ what, children, remove, verb = "Remove" }: RemoveProps) {
  return (
    <ConfirmButton
      variant="ghost"
      size="icon"
      aria-label={`${verb} ${what}`}
      title={`${verb} ${what}?`}
      confirm={verb}
      danger
      onConfirm={remove}
      trigger={<Trash2 className="size-4" aria-hidden />}
    >
      {children}
    </ConfirmButton>
  );
}
