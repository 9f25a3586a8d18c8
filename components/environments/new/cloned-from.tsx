import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";
import type { Carried } from "#lib/model/carry-over.ts";
import type { Source } from "./source.ts";

/** Of what it is a clone, and what does not go along. */
export function ClonedFrom({ source: { id, name }, lost }: { source: Source; lost: Carried["lost"] }) {
  return (
    <Notice tone={lost.length > 0 ? "warn" : "info"}>
      <p>
        A clone of{" "}
        <Link href={`/dashboard/environments/${id}`} className="rounded-sm font-medium underline">
          {name}
        </Link>
        : choose another provider or region, and sizes that are as big are chosen there. What is on its disks is not
        copied.
      </p>
      {lost.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {lost.map(({ field, message }) => (
            <li key={field}>{message}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
