"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { onWaking } from "./on-waking.ts";

const movingMs = 3000;
const restingMs = 30_000;

/** Reads the page again while it is looked at: every 3 s while something moves, else every 30 s; at once when it is looked at again or the machine has slept. */
export function KeepCurrent({ moving }: { moving: boolean }) {
  const router = useRouter();
  useEffect(() => {
    const refresh = () => document.visibilityState === "visible" && router.refresh();
    const timer = setInterval(refresh, moving ? movingMs : restingMs);
    const stop = onWaking(refresh, 0);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [router, moving]);
  return null;
}
