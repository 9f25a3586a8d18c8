import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { HeadCell } from "#components/ui/table.tsx";
import type { OverviewSort } from "#lib/model/overview-sorts.ts";
import { hrefOf, type OverviewSearch } from "./search.ts";

type SortHeadProps = { by: OverviewSort; search: OverviewSearch; className?: string; children: ReactNode };

/** A column's head that sorts by it, and the other way round once it does. */
export function SortHead({ by, search, className, children }: SortHeadProps) {
  const sorted = search.sort === by;
  const order = sorted && search.order === "asc" ? "desc" : "asc";
  const Arrow = search.order === "asc" ? ArrowUp : ArrowDown;
  return (
    <HeadCell
      className={className}
      aria-sort={sorted ? (search.order === "asc" ? "ascending" : "descending") : undefined}
    >
      <Link
        href={hrefOf({ ...search, sort: by, order, page: 1 })}
        prefetch={false}
        scroll={false}
        className={`inline-flex items-center gap-1 rounded-sm hover:text-ink ${sorted ? "text-ink" : ""}`}
      >
        {children}
        <Arrow className={`size-3 ${sorted ? "" : "invisible"}`} aria-hidden />
      </Link>
    </HeadCell>
  );
}
