"use client";

import { RefreshCw } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { sayUnanswered } from "#components/ui/unanswered.ts";
import type { Resent } from "./invited.ts";

/** Makes a new link for an invitation, after asking, and shows it once. */
export function ResendButton({ email, resend }: { email: string; resend: () => Promise<Resent> }) {
  const [open, setOpen] = useState(false);
  const [{ refused, link }, setResent] = useState<Resent>({});
  const [busy, startTransition] = useTransition();
  const show = () => {
    setResent({});
    setOpen(true);
  };
  const act = () =>
    startTransition(async () => setResent(await resend().catch((error) => ({ refused: sayUnanswered(error) }))));
  return (
    <>
      <Button variant="ghost" size="icon" aria-label={`New link for ${email}`} onClick={show}>
        <RefreshCw className="size-4" aria-hidden />
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`A new link for ${email}?`}>
        <p className="text-ink-soft">
          {link
            ? "Copy it now: it is not shown again. The link before it works no more."
            : "It is good for 7 days. The link before it works no more."}
        </p>
        {link && <CopyLine text={link} label="Copy link" />}
        {refused && <Notice tone="bad">{refused}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>{link ? "Close" : "Cancel"}</Button>
          {!link && (
            <Button variant="primary" onClick={act} disabled={busy} aria-busy={busy}>
              Make a new link
            </Button>
          )}
        </div>
      </Dialog>
    </>
  );
}
