import { Monitor, Moon, Sun } from "lucide-react";
import type { Theme } from "./theme.ts";
import { ThemeButton } from "./theme-button.tsx";

const choices = [
  { theme: "system", label: "System theme", Icon: Monitor },
  { theme: "light", label: "Light theme", Icon: Sun },
  { theme: "dark", label: "Dark theme", Icon: Moon },
] as const;

export function ThemeToggle({ initial }: { initial: Theme }) {
  return (
    <fieldset className="inline-flex gap-0.5 rounded-full border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {choices.map(({ theme, label, Icon }) => (
        <ThemeButton key={theme} theme={theme} label={label} initial={initial}>
          <Icon className="size-3.5" aria-hidden />
        </ThemeButton>
      ))}
    </fieldset>
  );
}
