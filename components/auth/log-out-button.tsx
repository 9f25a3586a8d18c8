"use client";

import { type ReactNode, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";

/** Ends this browser's session, and goes to `next`, a path of ours. */
export function LogOutButton({ next = "/login", icon }: { next?: string; icon?: ReactNode }) {
  const [busy, startTransition] = useTransition();
  const leave = () =>
    startTransition(async () => {
      const { logOut } = await import("./web-session.ts");
      await logOut();
      location.assign(next);
    });
  return (
    <Button variant="ghost" size="small" onClick={leave} disabled={busy}>
      {icon}
      Log out
    </Button>
  );
}
