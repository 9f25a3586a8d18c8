"use client";

import { type ComponentType, useCallback, useEffect, useState } from "react";
import type { Role } from "#lib/model/roles.ts";
import type { View } from "./palette.tsx";

type Palette = ComponentType<{ role: Role; view: View; onClose: () => void }>;

/** How long after "g" a place's letter is waited for. */
const pauseMs = 1500;

/** Opens the palette by ⌘K, Ctrl-K, "?" or a click on what looks like its field; loads it then, and not before. */
export function PaletteLauncher({ role }: { role: Role }) {
  const [view, setView] = useState<View>();
  const [Palette, setPalette] = useState<Palette>();
  const open = useCallback(async (wanted: View) => {
    const { Palette } = await import("./palette.tsx");
    setPalette(() => Palette);
    setView(wanted);
  }, []);
  useEffect(() => listenForKeys(open), [open]);
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const opener = event.target instanceof Element && event.target.closest("[data-palette]");
      if (!opener) return;
      opener.closest<HTMLElement>("[popover]:popover-open")?.hidePopover();
      void open("search");
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [open]);
  return view && Palette ? <Palette role={role} view={view} onClose={() => setView(undefined)} /> : null;
}

/** "g" and a letter go to the place whose link carries that letter. */
function listenForKeys(open: (view: View) => void): () => void {
  let goingUntil = 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (key === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      return open("search");
    }
    if (
      event.metaKey ||
      event.ctrlKey ||
      event.altKey ||
      isTyping(event.target) ||
      document.querySelector("dialog[open]")
    )
      return;
    if (key === "?") return open("shortcuts");
    const link = Date.now() < goingUntil && document.querySelector<HTMLElement>(`[data-shortcut="${CSS.escape(key)}"]`);
    goingUntil = key === "g" ? Date.now() + pauseMs : 0;
    if (link) link.click();
  };
  document.addEventListener("keydown", onKeyDown);
  return () => document.removeEventListener("keydown", onKeyDown);
}

/** Keys belong to what is typed in: fields, choices, a terminal. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable], .xterm") !== null;
}
