/** A cloud that is asked for the first time takes seconds to answer. */
export default function LoadingSizes() {
  return (
    <>
      <p role="status" className="mb-4 text-ink-soft">
        Asking the cloud for its regions and sizes …
      </p>
      <div aria-hidden className="flex flex-col gap-2">
        {["a", "b", "c", "d", "e"].map((key) => (
          <div key={key} className="h-12 rounded-lg bg-raised motion-safe:animate-pulse" />
        ))}
      </div>
    </>
  );
}
