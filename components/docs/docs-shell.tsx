import { Menu } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "#components/shell/logo.tsx";
import type { Theme } from "#components/shell/theme.ts";
import { ThemeToggle } from "#components/shell/theme-toggle.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import type { Language } from "#lib/api/reference/request-code.ts";
import { DocsBehaviour } from "./docs-behaviour.tsx";
import { DocsNav, type NavGroup } from "./docs-nav.tsx";
import { LanguageTabs } from "./language-tabs.tsx";
import { SearchButton } from "./search/search-button.tsx";

type ShellProps = { groups: NavGroup[]; language: Language; theme: Theme; isKnown: boolean; children: ReactNode };

/** What is around every page of the docs: the table of contents, the search, the language of the examples. */
export function DocsShell({ groups, language, theme, isKnown, children }: ShellProps) {
  return (
    <div data-language={language} className="group/docs">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-canvas focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-20 flex flex-wrap items-center gap-x-3 border-line border-b bg-canvas px-4 lg:h-14 lg:flex-nowrap lg:px-5 print:hidden">
        <div className="flex h-14 min-w-0 flex-1 items-center gap-3">
          <button
            type="button"
            popoverTarget="docs-nav"
            aria-label="Contents"
            className="grid size-8 place-items-center rounded-md text-ink-soft hover:bg-raised lg:hidden"
          >
            <Menu className="size-4" aria-hidden />
          </button>
          <Link href="/" className="rounded-md">
            <Logo />
          </Link>
          <Link href="/docs" className="rounded-md text-ink-soft hover:text-ink max-sm:hidden">
            Docs
          </Link>
        </div>
        <SearchButton />
        <ButtonLink href={isKnown ? "/dashboard" : "/login"} variant="ghost" size="small">
          {isKnown ? "Dashboard" : "Log in"}
        </ButtonLink>
        <div className="group-has-[.console]/docs:hidden flex w-full pb-2 lg:order-none lg:w-auto lg:pb-0">
          <LanguageTabs initial={language} />
        </div>
      </header>
      <div className="lg:grid lg:grid-cols-[17rem_minmax(0,1fr)] print:block">
        <DocsNav groups={groups} footer={<NavFooter isKnown={isKnown} theme={theme} />} />
        <main id="content" tabIndex={-1} className="min-w-0 outline-none">
          {children}
        </main>
      </div>
      <DocsBehaviour />
    </div>
  );
}

function NavFooter({ isKnown, theme }: { isKnown: boolean; theme: Theme }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <Link href={isKnown ? "/dashboard" : "/signup"} className="font-medium text-accent underline underline-offset-2">
        {isKnown ? "Dashboard" : "Sign up"}
      </Link>
      <ThemeToggle initial={theme} />
    </div>
  );
}
