import Link from "next/link";
import type { Theme } from "#components/shell/theme.ts";
import { ThemeToggle } from "#components/shell/theme-toggle.tsx";

const places = [
  { href: "/docs/quick-start", title: "Quick start" },
  { href: "/docs", title: "API reference" },
  { href: "/docs/docker-clusters", title: "Docker clusters" },
  { href: "/docs/errors", title: "Errors" },
];

/** The foot of the public pages. */
export function SiteFooter({ theme }: { theme: Theme }) {
  return (
    <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4 border-line border-t py-6 text-ink-faint text-xs">
      <span>CloudHero · Apache-2.0</span>
      <nav aria-label="Docs" className="flex flex-wrap gap-x-5 gap-y-2">
        {places.map(({ href, title }) => (
          <Link key={href} href={href} prefetch={false} className="rounded hover:text-ink hover:underline">
            {title}
          </Link>
        ))}
      </nav>
      <ThemeToggle initial={theme} />
    </footer>
  );
}
