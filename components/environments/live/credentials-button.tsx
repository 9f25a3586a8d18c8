"use client";

import { KeyRound } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { unanswered } from "#components/ui/unanswered.ts";
import type { EnvironmentActs } from "./acts.ts";
import type { Found } from "./credentials-dialog.tsx";

const CredentialsDialog = lazy(() => import("./credentials-dialog.tsx"));

/** Shows the generated passwords of a node on demand; they are fetched when asked for, and dropped when closed. */
export function CredentialsButton({ node, read }: { node: string; read: EnvironmentActs["credentials"] }) {
  const [open, setOpen] = useState(false);
  const [opened, setOpened] = useState(false);
  const [found, setFound] = useState<Found>();
  const show = async () => {
    setOpened(true);
    setOpen(true);
    setFound(await read(node).catch(() => ({ problem: unanswered, credentials: [] })));
  };
  const close = () => {
    setOpen(false);
    setFound(undefined);
  };
  return (
    <>
      <Button size="small" onClick={show}>
        <KeyRound className="size-3.5" aria-hidden />
        Credentials<span className="sr-only"> of {node}</span>
      </Button>
      {opened && (
        <Suspense>
          <CredentialsDialog {...{ node, open, found }} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
