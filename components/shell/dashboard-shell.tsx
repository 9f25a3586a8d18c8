import Link from "next/link";
import type { ReactNode } from "react";
import { LogOutButton } from "#components/auth/log-out-button.tsx";
import { Logo } from "./logo.tsx";
import { NavLinks } from "./nav-links.tsx";
import type { Theme } from "./theme.ts";
import { ThemeToggle } from "./theme-toggle.tsx";

type ShellProps = { organisation: string; email: string; theme: Theme; children: ReactNode };

/** What is around every page of the dashboard: the places, who one is, the theme. */
export function DashboardShell({ organisation, email, theme, children }: ShellProps) {
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-canvas focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="border-line border-b bg-surface px-4 pt-3 pb-1 lg:sticky lg:top-0 lg:flex lg:h-dvh lg:flex-col lg:border-r lg:border-b-0 lg:px-3 lg:py-4">
        <div className="mb-2 flex items-center justify-between gap-3 lg:mb-5 lg:px-2">
          <Link href="/dashboard" className="rounded-md">
            <Logo />
          </Link>
          <div className="flex items-center gap-1 lg:hidden">
            <ThemeToggle initial={theme} />
            <LogOutButton />
          </div>
        </div>
        <NavLinks />
        <div className="mt-auto hidden flex-col gap-3 border-line border-t pt-4 lg:flex">
          <div className="min-w-0 px-2">
            <p className="truncate font-medium" title={organisation}>
              {organisation}
            </p>
            <p className="truncate text-ink-faint text-xs" title={email}>
              {email}
            </p>
          </div>
          <div className="flex items-center justify-between">
            <ThemeToggle initial={theme} />
            <LogOutButton />
          </div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl px-4 py-6 outline-none sm:px-6 lg:px-10 lg:py-9"
      >
        {children}
      </main>
    </div>
  );
}
