import type { Metadata } from "next";
import Link from "next/link";
import { Logo } from "#components/shell/logo.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-5">
      <div className="max-w-sm text-center">
        <Link href="/" className="inline-block rounded-md">
          <Logo />
        </Link>
        <h1 className="mt-6 font-semibold text-2xl tracking-tight">Nothing is here</h1>
        <p className="mt-2 text-ink-soft">The page was removed, or belongs to another team, or never was.</p>
        <div className="mt-6 flex flex-wrap justify-center gap-3">
          <ButtonLink href="/dashboard" variant="primary">
            Go to the dashboard
          </ButtonLink>
          <ButtonLink href="/docs" prefetch={false}>
            Docs
          </ButtonLink>
        </div>
      </div>
    </main>
  );
}
