import { PageHeader } from "#components/ui/page-header.tsx";

/** The cloud is asked region by region, which takes seconds. */
export default function LoadingOrphans() {
  return (
    <>
      <PageHeader title="Orphans" lead="Looking through every region of this cloud …" />
      <div aria-hidden className="flex flex-col gap-2">
        {["a", "b", "c"].map((key) => (
          <div key={key} className="h-14 rounded-lg bg-raised motion-safe:animate-pulse" />
        ))}
      </div>
    </>
  );
}
