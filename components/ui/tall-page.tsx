import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type PageProps = { title: string; back: { href: string; label: string }; children: ReactNode };

/** A page of an environment that is one tall box, a log or a terminal, as high as the window leaves room. */
export function TallPage({ title, back, children }: PageProps) {
  return (
    <div className="flex h-[max(24rem,calc(100dvh-20rem))] flex-col gap-3 lg:h-[max(24rem,calc(100dvh-15rem))]">
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="break-all font-semibold text-base">{title}</h2>
        <Link href={back.href} className="inline-flex items-center gap-1 rounded-sm text-ink-soft hover:underline">
          <ArrowLeft className="size-3.5" aria-hidden />
          {back.label}
        </Link>
      </header>
      {children}
    </div>
  );
}
