import type { ReactNode } from "react";

/** Numbers in a row, which wraps. */
export function Figures({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 lg:grid-cols-5">
      {children}
    </dl>
  );
}

/** One number, what it counts, and what is to be said of it. */
export function Figure({ label, value, detail }: { label: string; value: ReactNode; detail?: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5 bg-surface px-4 py-3 last:col-span-2 sm:last:col-span-1">
      <dt className="text-ink-faint text-xs">{label}</dt>
      <dd className="tabular font-semibold text-base">{value}</dd>
      {detail && <dd className="text-ink-soft text-xs">{detail}</dd>}
    </div>
  );
}
