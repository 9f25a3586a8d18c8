"use client";

import { LogOut, UserMinus } from "lucide-react";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

type RemoveProps = {
  /** Null: oneself. */
  name: string | null;
  organisation: string;
  remove: () => Promise<string | undefined>;
};

/** Removes a member, or leaves; says what ends. */
export function RemoveMember({ name, organisation, remove }: RemoveProps) {
  const label = name ? `Remove ${name}` : `Leave ${organisation}`;
  return (
    <ConfirmButton
      variant="ghost"
      size="icon"
      aria-label={label}
      title={name ? `Remove ${name} from ${organisation}?` : `Leave ${organisation}?`}
      confirm={name ? "Remove" : "Leave"}
      danger
      onConfirm={remove}
      trigger={name ? <UserMinus className="size-4" aria-hidden /> : <LogOut className="size-4" aria-hidden />}
    >
      <p>
        {name ? `Of ${name} in ${organisation}, these end at once:` : `Of yours in ${organisation}, these end at once:`}
      </p>
      <ul className="list-disc pl-5">
        <li>log-ins and API tokens: scripts that use them are refused</li>
        <li>Docker certificates and contexts</li>
        <li>open invitations, and SSH keys for servers made or changed from now on</li>
      </ul>
      <p>Environments stay and run on. Servers that run keep the SSH keys that they have.</p>
    </ConfirmButton>
  );
}
