"use client";

import { useState } from "react";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { CopyLine } from "#components/ui/copy-line.tsx";

type Rotated = { secret?: string; problem?: string };

/** Gives the webhook a new secret, after asking, and shows it this once. */
export function SecretSection({ rotate }: { rotate: () => Promise<Rotated> }) {
  const [secret, setSecret] = useState<string>();
  const act = async () => {
    const rotated = await rotate();
    setSecret(rotated.secret);
    return rotated.problem;
  };
  return (
    <div className="flex flex-col gap-3">
      {secret && (
        <div role="status" className="flex flex-col gap-2">
          <p className="font-medium">The new secret. Copy it now: it is not shown again.</p>
          <CopyLine text={secret} label="Copy secret" />
        </div>
      )}
      <div>
        <ConfirmButton title="Make a new secret?" confirm="Make it" onConfirm={act} trigger="New secret">
          For a day deliveries are signed by the old secret and by the new one, so your receiver can be changed in
          peace. After that only the new one signs; the old one cannot be brought back.
        </ConfirmButton>
      </div>
    </div>
  );
}
