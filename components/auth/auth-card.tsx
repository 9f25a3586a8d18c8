import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "#components/shell/logo.tsx";

/** The one card of the log-in and sign-up pages. */
export function AuthCard({ title, children, footer }: { title: string; children: ReactNode; footer: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <Link href="/" className="mb-6 inline-block rounded-md text-base">
          <Logo />
        </Link>
        <div className="rounded-xl border border-line bg-surface p-6 shadow-xs">
          <h1 className="mb-5 font-semibold text-lg tracking-tight">{title}</h1>
          {children}
        </div>
        <p className="mt-5 text-center text-ink-soft">{footer}</p>
      </div>
    </main>
  );
}
