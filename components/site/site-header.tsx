import Link from "next/link";
import { Logo } from "#components/shell/logo.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";

/** The head of the public pages. */
export function SiteHeader({ isKnown }: { isKnown: boolean }) {
  return (
    <header className="flex items-center justify-between gap-1 py-4 sm:gap-3">
      <Link href="/" className="rounded-md text-base">
        <Logo />
      </Link>
      <nav aria-label="Site" className="flex items-center gap-0 sm:gap-2">
        <ButtonLink href="/docs" variant="ghost" prefetch={false}>
          Docs
        </ButtonLink>
        {isKnown ? (
          <ButtonLink href="/dashboard" variant="primary" prefetch={false}>
            Dashboard
          </ButtonLink>
        ) : (
          <>
            <ButtonLink href="/login" variant="ghost" prefetch={false}>
              Log in
            </ButtonLink>
            <ButtonLink href="/signup" variant="primary" prefetch={false}>
              Sign up
            </ButtonLink>
          </>
        )}
      </nav>
    </header>
  );
}
