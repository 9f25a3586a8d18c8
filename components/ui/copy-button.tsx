"use client";

import { Check, Copy } from "lucide-react";
import { type MouseEvent, useEffect, useState } from "react";

const shownMs = 1500;

/** Browsers have the clipboard on https alone; the older way needs the text on the page. */
function copyWithoutTls(text: string, beside: Element) {
  const area = document.createElement("textarea");
  area.value = text;
  beside.after(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/** Copies `text`; the icon says for a moment that it has. */
export function CopyButton({ text, label, className = "" }: { text: string; label: string; className?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyWithoutTls(text, currentTarget);
    setCopied(true);
  };
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={copied ? "Copied" : label}
      title={label}
      className={`grid size-7 shrink-0 place-items-center rounded-md hover:bg-current/10 ${className || "text-ink-faint hover:text-ink"}`}
    >
      {copied ? <Check className="size-3.5" aria-hidden /> : <Copy className="size-3.5" aria-hidden />}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}
