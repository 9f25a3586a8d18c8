"use client";

import { Check, Copy } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { markPlace, watchPlace } from "./place.ts";

const shownMs = 1500;

/**
 * What the docs' own HTML cannot do by itself: copy code, and say in the table of contents where the reader is. One
 * listener for all of it; the page has some two hundred pieces of code.
 */
export function DocsBehaviour() {
  const path = usePathname();
  const model = useRef<HTMLSpanElement>(null);
  const [said, say] = useState("");
  useEffect(() => {
    for (const code of document.querySelectorAll<HTMLElement>("[data-code]:not(:has([data-copy]))"))
      code.append(copyButton(model.current!, code.dataset.code!));
    markPlace(path, location.hash);
    return watchPlace(path);
  }, [path]);
  useEffect(() => {
    const listen = (event: MouseEvent) => {
      const target = event.target as Element;
      const pressed = target.closest<HTMLElement>("[data-copy]");
      if (pressed) void copy(pressed).then(say);
      if (target.closest("#docs-nav a")) document.querySelector<HTMLElement>("#docs-nav:popover-open")?.hidePopover();
    };
    document.addEventListener("click", listen);
    return () => document.removeEventListener("click", listen);
  }, []);
  return (
    <>
      <span ref={model} hidden>
        <button
          type="button"
          data-copy
          title="Copy"
          className="group/copy absolute top-2 right-2 grid size-7 place-items-center rounded-md text-console-faint hover:bg-white/10 hover:text-console-ink print:hidden"
        >
          <Copy className="size-3.5 group-data-copied/copy:hidden" aria-hidden />
          <Check className="hidden size-3.5 group-data-copied/copy:block" aria-hidden />
        </button>
      </span>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}

function copyButton(model: HTMLElement, label: string): Node {
  const button = model.firstElementChild!.cloneNode(true) as Element;
  button.setAttribute("aria-label", `Copy ${label}`);
  return button;
}

async function copy(button: HTMLElement): Promise<string> {
  await navigator.clipboard.writeText(button.parentElement!.querySelector("code")!.textContent ?? "");
  button.dataset.copied = "";
  setTimeout(() => delete button.dataset.copied, shownMs);
  return "Copied";
}
