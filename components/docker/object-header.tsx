import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type HeaderProps = {
  back: { href: string; label: string };
  name: string;
  badge?: ReactNode;
  actions?: ReactNode;
};

/** The head of one thing's page: the way back to its list, its name, what can be done. */
export function ObjectHeader({ back, name, badge, actions }: HeaderProps) {
  return (
    <div className="flex flex-col gap-2">
      <Link
        href={back.href}
        className="inline-flex w-fit items-center gap-1 rounded-sm text-ink-soft text-xs hover:text-ink hover:underline"
      >
        <ChevronLeft className="size-3.5" aria-hidden />
        {back.label}
      </Link>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 break-all font-semibold text-lg tracking-tight">{name}</h2>
          {badge}
        </div>
        {actions}
      </div>
    </div>
  );
}
