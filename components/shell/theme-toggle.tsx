"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { type Theme, themeCookie } from "./theme.ts";

const choices = [
  { theme: "system", label: "System theme", Icon: Monitor },
  { theme: "light", label: "Light theme", Icon: Sun },
  { theme: "dark", label: "Dark theme", Icon: Moon },
] as const;

const yearSeconds = 365 * 24 * 60 * 60;

function apply(theme: Theme): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent in some browsers that we serve.
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function ThemeToggle({ initial }: { initial: Theme }) {
  const [current, setCurrent] = useState(initial);
  const choose = (theme: Theme) => {
    apply(theme);
    setCurrent(theme);
  };
  return (
    <fieldset className="inline-flex gap-0.5 rounded-full border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {choices.map(({ theme, label, Icon }) => (
        <button
          key={theme}
          type="button"
          aria-label={label}
          aria-pressed={current === theme}
          onClick={() => choose(theme)}
          className="grid size-6 place-items-center rounded-full text-ink-faint hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink"
        >
          <Icon className="size-3.5" aria-hidden />
        </button>
      ))}
    </fieldset>
  );
}
