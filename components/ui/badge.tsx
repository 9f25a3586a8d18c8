import type { ReactNode } from "react";

export type Tone = "neutral" | "good" | "warn" | "bad" | "busy";

const tones: Record<Tone, string> = {
  neutral: "bg-raised text-ink-soft",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  busy: "bg-busy-soft text-busy",
};

/** A word on a coloured ground; with `dot`, a dot before it, which pulses while busy. */
export function Badge({ tone = "neutral", dot, children }: { tone?: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span
      className={`inline-flex h-5.5 items-center gap-1.5 whitespace-nowrap rounded-full px-2 font-medium text-xs ${tones[tone]}`}
    >
      {dot && (
        <span
          aria-hidden
          className={`size-1.5 rounded-full bg-current ${tone === "busy" ? "motion-safe:animate-pulse" : ""}`}
        />
      )}
      {children}
    </span>
  );
}
