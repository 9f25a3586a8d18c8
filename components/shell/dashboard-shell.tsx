import { Menu, Search } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { PaletteButton } from "#components/palette/palette-button.tsx";
import { PaletteLauncher } from "#components/palette/palette-launcher.tsx";
import { buttonClass } from "#components/ui/button-look.ts";
import type { Role } from "#lib/model/roles.ts";
import { Logo } from "./logo.tsx";
import { NavLinks } from "./nav-links.tsx";
import type { Theme } from "./theme.ts";
import { type OtherOrganisation, UserMenu } from "./user-menu.tsx";

type ShellProps = {
  organisation: string;
  email: string;
  role: Role;
  theme: Theme;
  others: readonly OtherOrganisation[];
  enter: (id: string) => Promise<void>;
  children: ReactNode;
};

const sheetId = "places";

/** What is around every page of the dashboard: a column on wide screens, a bar with a sheet on narrow ones. */
export function DashboardShell({ organisation, email, role, theme, others, enter, children }: ShellProps) {
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-canvas focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header>
        <div className="flex h-14 items-center justify-between border-line border-b bg-surface px-4 lg:hidden">
          <HomeLink />
          <div className="flex gap-2">
            <button type="button" data-palette aria-label="Search" className={buttonClass({ size: "icon" })}>
              <Search className="size-4" aria-hidden />
            </button>
            <button type="button" popoverTarget={sheetId} aria-label="Menu" className={buttonClass({ size: "icon" })}>
              <Menu className="size-4" aria-hidden />
            </button>
          </div>
        </div>
        <div
          id={sheetId}
          popover="auto"
          className="inset-y-0 right-auto left-0 m-0 h-dvh max-h-none w-72 max-w-[85vw] flex-col border-0 border-line border-r bg-surface p-3 text-ink backdrop:bg-black/40 open:flex lg:sticky lg:top-0 lg:flex lg:w-auto"
        >
          <div className="mb-5 px-2 pt-1">
            <HomeLink />
          </div>
          <div className="mb-4 px-1">
            <PaletteButton />
          </div>
          <div className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1">
            <NavLinks role={role} />
          </div>
          <div className="mt-3 border-line border-t pt-2">
            <UserMenu organisation={organisation} email={email} theme={theme} others={others} enter={enter} />
          </div>
        </div>
      </header>
      <PaletteLauncher role={role} />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl px-4 min-[1800px]:max-w-[96rem] py-6 outline-none sm:px-6 lg:px-10 lg:py-9"
      >
        {children}
      </main>
    </div>
  );
}

function HomeLink() {
  return (
    <Link href="/dashboard" className="flex rounded-md">
      <Logo />
    </Link>
  );
}
