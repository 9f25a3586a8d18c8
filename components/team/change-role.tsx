"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { type Role, roleWords } from "#lib/model/roles.ts";

type ChangeRoleProps = {
  who: string;
  role: Role;
  /** Those that may be given. */
  roles: readonly Role[];
  change: (role: Role) => Promise<string | undefined>;
};

/** A member's role, and behind it the choice of another with what each means. */
export function ChangeRole({ who, role, roles, change }: ChangeRoleProps) {
  const [wanted, setWanted] = useState<Role>(role);
  return (
    <ConfirmButton
      variant="ghost"
      size="small"
      aria-label={`Role of ${who}: ${role}. Change`}
      title={`Change the role of ${who}`}
      confirm="Change role"
      onConfirm={() => change(wanted)}
      trigger={
        <>
          <span className="text-sm capitalize">{role}</span>
          <ChevronDown className="size-3.5" aria-hidden />
        </>
      }
    >
      <fieldset className="flex flex-col gap-1">
        <legend className="sr-only">Role</legend>
        {roles.map((each) => (
          <label key={each} className="flex cursor-pointer gap-3 rounded-md p-2 hover:bg-raised has-checked:bg-raised">
            <input
              type="radio"
              name="role"
              value={each}
              checked={wanted === each}
              onChange={() => setWanted(each)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span>
              <span className="block font-medium text-ink capitalize">{each}</span>
              <span className="block text-xs">{roleWords[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p>
        It counts at once, for sessions, tokens and Docker certificates too. With less than admin, open invitations that
        they made are withdrawn.
      </p>
    </ConfirmButton>
  );
}
