/** The cloud is asked region by region, which takes seconds. */
export default function LoadingOrphans() {
  return (
    <>
      <p role="status" className="mb-4 text-ink-soft">
        Looking through every region of this cloud …
      </p>
      <div aria-hidden className="flex flex-col gap-2">
        {["a", "b", "c"].map((key) => (
          <div key={key} className="h-14 rounded-lg bg-raised motion-safe:animate-pulse" />
        ))}
      </div>
    </>
  );
}
