"use client";

import { type ReactNode, useEffect, useState } from "react";
import { applyTheme, type Theme, themeEvent } from "./theme.ts";

type ButtonProps = { theme: Theme; label: string; initial: Theme; children: ReactNode };

/** Chooses a theme; pressed while it is the chosen one, on this page wherever that was done. */
export function ThemeButton({ theme, label, initial, children }: ButtonProps) {
  const [current, setCurrent] = useState(initial);
  useEffect(() => {
    const follow = (event: Event) => event instanceof CustomEvent && setCurrent(event.detail);
    document.addEventListener(themeEvent, follow);
    return () => document.removeEventListener(themeEvent, follow);
  }, []);
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={current === theme}
      onClick={() => applyTheme(theme)}
      className="grid size-6 place-items-center rounded-full text-ink-faint hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink"
    >
      {children}
    </button>
  );
}
