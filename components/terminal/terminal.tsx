"use client";

import "@xterm/xterm/css/xterm.css";
import { RotateCw } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { touchKeys } from "./keys.ts";
import { TerminalTools } from "./terminal-tools.tsx";
import { type Status, useTerminal } from "./use-terminal.ts";

type TerminalProps = {
  /** Where its WebSocket is, as a path of ours; it speaks the frames of lib/terminal/frames.ts. */
  url: string;
  /** What it is a terminal of: "Terminal of web". */
  label: string;
};

/** A terminal that fills its parent. The program has every key but Shift-Escape, which leads out of it. */
export function Terminal({ url, label }: TerminalProps) {
  const [isLarge, setLarge] = useState(false);
  const tools = useRef<HTMLDivElement>(null);
  const terminal = useTerminal(url, label, () => tools.current?.querySelector("button")?.focus());
  const { status, notice, dial } = terminal;
  const isOver = typeof status === "object";
  return (
    <section
      aria-label={label}
      className={`flex flex-col overflow-hidden border-line bg-surface ${isLarge ? "fixed inset-0 z-50" : "min-h-0 flex-1 rounded-md border"}`}
    >
      <div
        ref={tools}
        className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-b px-3 py-1.5"
      >
        <p role="status" className="flex min-w-0 items-center gap-2 text-ink-soft text-xs">
          <span aria-hidden className={`size-2 shrink-0 rounded-full ${dotOf(status)}`} />
          <span className="min-w-0 break-words">{notice || wordsOf(status)}</span>
        </p>
        <div className="flex flex-wrap items-center gap-1">
          {isOver && (
            <Button size="small" variant="primary" onClick={dial}>
              <RotateCw className="size-3.5" aria-hidden />
              Connect again
            </Button>
          )}
          <TerminalTools terminal={terminal} isLarge={isLarge} toggleLarge={() => setLarge(!isLarge)} />
        </div>
      </div>
      <div className="min-h-0 flex-1 bg-console py-2 pl-3">
        <div ref={terminal.box} className="size-full bg-console font-mono text-console-ink" />
      </div>
      <div className="hidden gap-1 overflow-x-auto border-line border-t p-1.5 pointer-coarse:flex">
        {touchKeys.map(({ name, label: spoken, sends }) => (
          <Button
            key={name}
            size="small"
            aria-label={spoken}
            className="h-9 min-w-9"
            onClick={() => terminal.type(sends)}
          >
            {name}
          </Button>
        ))}
      </div>
      <p className="border-line border-t px-3 py-1 text-ink-faint text-xs pointer-coarse:hidden">
        <Key>Shift</Key> <Key>Esc</Key> leaves the terminal · <Key>Ctrl</Key> <Key>Shift</Key> <Key>C</Key> and{" "}
        <Key>V</Key> copy and paste
      </p>
    </section>
  );
}

function Key({ children }: { children: string }) {
  return <kbd className="rounded-sm border border-line bg-raised px-1 font-sans">{children}</kbd>;
}

function wordsOf(status: Status): string {
  if (typeof status === "object") return status.message;
  return status === "open" ? "Connected" : "Connecting …";
}

function dotOf(status: Status): string {
  if (typeof status === "object") return status.isGood ? "bg-line-strong" : "bg-bad";
  return status === "open" ? "bg-good" : "bg-busy motion-safe:animate-pulse";
}
