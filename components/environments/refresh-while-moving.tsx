"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 3000;

/** Reads the page again every 3 s while it is looked at; stands on it only while something moves. */
export function RefreshWhileMoving() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
