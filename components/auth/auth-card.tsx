import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "#components/shell/logo.tsx";

type AuthCardProps = { title: string; lead?: ReactNode; children: ReactNode; footer?: ReactNode };

/** The one card of the pages before the dashboard. */
export function AuthCard({ title, lead, children, footer }: AuthCardProps) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex justify-center">
          <Link href="/" className="rounded-md text-base">
            <Logo />
          </Link>
        </div>
        <div className="rounded-xl border border-line bg-surface p-6 shadow-xs sm:p-7">
          <div className="mb-5">
            <h1 className="text-balance font-semibold text-lg tracking-tight">{title}</h1>
            {lead && <div className="mt-1 text-ink-soft">{lead}</div>}
          </div>
          {children}
        </div>
        {footer && <p className="mt-5 text-center text-ink-soft">{footer}</p>}
      </div>
    </main>
  );
}
