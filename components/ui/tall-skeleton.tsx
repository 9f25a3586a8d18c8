/** Where a tall box will be. */
export function TallSkeleton() {
  return (
    <div aria-hidden className="min-h-0 flex-1 rounded-md border border-line bg-console motion-safe:animate-pulse" />
  );
}
