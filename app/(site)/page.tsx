import { cookies } from "next/headers";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { Diagram } from "#components/landing/diagram.tsx";
import { Points } from "#components/landing/points.tsx";
import { Logo } from "#components/shell/logo.tsx";
import { themeCookie, themeOf } from "#components/shell/theme.ts";
import { ThemeToggle } from "#components/shell/theme-toggle.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";

export default async function LandingPage() {
  const isKnown = (await visitorContext()) !== null;
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-5 sm:px-8">
      <header className="flex items-center justify-between gap-3 py-5">
        <span className="text-base">
          <Logo />
        </span>
        <ButtonLink href={isKnown ? "/dashboard" : "/login"} variant="ghost">
          {isKnown ? "Dashboard" : "Log in"}
        </ButtonLink>
      </header>
      <main className="flex flex-1 flex-col gap-16 py-12 sm:py-20">
        <div className="max-w-3xl">
          <h1 className="text-balance font-semibold text-4xl leading-tight tracking-tight sm:text-5xl">
            Environments of servers, from one form or one JSON request.
          </h1>
          <p className="mt-5 max-w-2xl text-base text-ink-soft leading-relaxed sm:text-lg">
            CloudHero makes servers on Amazon EC2, DigitalOcean or your own machine’s Docker, installs what you name on
            them, and stops, starts and deletes them together.
          </p>
          <div className="mt-8 flex flex-wrap gap-3">
            <ButtonLink href={isKnown ? "/dashboard" : "/signup"} variant="primary">
              {isKnown ? "Open the dashboard" : "Sign up"}
            </ButtonLink>
            {!isKnown && <ButtonLink href="/login">Log in</ButtonLink>}
          </div>
        </div>
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label="How it works"
          className="overflow-x-auto rounded-xl border border-line bg-raised/50 p-4 sm:p-8"
        >
          <div className="min-w-2xl">
            <Diagram />
          </div>
        </section>
        <Points />
      </main>
      <footer className="flex items-center justify-between gap-3 border-line border-t py-6 text-ink-faint text-xs">
        <span>CloudHero · Apache-2.0</span>
        <ThemeToggle initial={theme} />
      </footer>
    </div>
  );
}
