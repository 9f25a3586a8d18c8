"use client";

import { LogOut } from "lucide-react";
import { useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { logOut } from "./web-session.ts";

export function LogOutButton() {
  const [busy, startTransition] = useTransition();
  const leave = () =>
    startTransition(async () => {
      await logOut();
      location.assign("/login");
    });
  return (
    <Button variant="ghost" size="small" onClick={leave} disabled={busy}>
      <LogOut className="size-3.5" aria-hidden />
      Log out
    </Button>
  );
}
