/** The shape of a list that is on its way. */
export function Skeleton({ label, rows = 5 }: { label: string; rows?: number }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of nothing.
        <div key={row} className="h-5 rounded bg-raised motion-safe:animate-pulse" />
      ))}
    </div>
  );
}
