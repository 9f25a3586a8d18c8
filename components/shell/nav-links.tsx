"use client";

import { Boxes, Cloud, KeyRound, Layers, Ticket } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

const places = [
  { href: "/dashboard", label: "Environments", Icon: Layers, also: "/dashboard/environments" },
  { href: "/dashboard/applications", label: "Applications", Icon: Boxes },
  { href: "/dashboard/providers", label: "Providers", Icon: Cloud },
  { href: "/dashboard/keys", label: "SSH keys", Icon: KeyRound },
  { href: "/dashboard/tokens", label: "API tokens", Icon: Ticket },
];

/** The dashboard's places; a row that scrolls on narrow screens, a column on wide ones. */
export function NavLinks() {
  const path = usePathname();
  const isHere = ({ href, also }: { href: string; also?: string }) =>
    path === href || (href !== "/dashboard" && path.startsWith(href)) || (also !== undefined && path.startsWith(also));
  return (
    <nav aria-label="Dashboard" className="-mx-4 overflow-x-auto px-4 lg:mx-0 lg:overflow-visible lg:px-0">
      <ul className="flex gap-1 py-1 lg:flex-col lg:py-0">
        {places.map((place) => (
          <li key={place.href}>
            <Link
              href={place.href}
              aria-current={isHere(place) ? "page" : undefined}
              className="flex h-8 items-center gap-2.5 whitespace-nowrap rounded-md px-2.5 font-medium text-ink-soft hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:text-ink"
            >
              <place.Icon className="size-4" aria-hidden />
              {place.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
