"use client";

import { Search } from "lucide-react";
import { type ComponentType, useEffect, useState } from "react";

type Dialog = ComponentType<{ open: boolean; onClose: () => void }>;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Opens the search, also by `/`; what searches is loaded then. */
export function SearchButton() {
  const [open, setOpen] = useState(false);
  const [Dialog, setDialog] = useState<Dialog>();
  useEffect(() => {
    if (open && !Dialog) void import("./search-dialog.tsx").then((module) => setDialog(() => module.SearchDialog));
  }, [open, Dialog]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-keyshortcuts="/"
        className="flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-ink-faint text-xs hover:text-ink sm:w-52"
      >
        <Search className="size-3.5" aria-hidden />
        Search
        <kbd className="ml-auto rounded border border-line px-1.5 font-mono max-sm:hidden">/</kbd>
      </button>
      {Dialog && <Dialog open={open} onClose={() => setOpen(false)} />}
    </>
  );
}
