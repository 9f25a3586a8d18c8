import { ShieldCheck } from "lucide-react";
import Link from "next/link";

/** In the place of the button that deletes: why there is none, and where that is changed. */
export function ProtectedNote({ id, name }: { id: string; name: string }) {
  return (
    <Link
      href={`/dashboard/environments/${id}/settings#protection`}
      className="inline-flex h-9 items-center gap-1.5 rounded-md px-2 font-medium text-ink-soft hover:text-ink"
    >
      <ShieldCheck className="size-4" aria-hidden />
      Protected<span className="sr-only"> against deletion: settings of {name}</span>
    </Link>
  );
}
