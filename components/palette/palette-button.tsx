import { Search } from "lucide-react";
import { headers } from "next/headers";

/** Looks like the palette's field; the launcher opens it. */
export async function PaletteButton() {
  const isApple = /Mac|iPhone|iPad/.test((await headers()).get("user-agent") ?? "");
  return (
    <button
      type="button"
      data-palette
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-9 w-full items-center gap-2.5 rounded-md border border-line bg-canvas px-2.5 text-ink-faint hover:border-line-strong hover:text-ink-soft lg:h-8"
    >
      <Search className="size-4 shrink-0" aria-hidden />
      <span className="flex-1 text-left">Search</span>
      <kbd className="font-sans text-xs" aria-hidden>
        {isApple ? "⌘K" : "Ctrl K"}
      </kbd>
    </button>
  );
}
