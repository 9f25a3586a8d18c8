"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type NavLinkProps = { href: string; also?: string; shortcut?: string; children: ReactNode };

const isWithin = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

/** A link of the navigation, marked on its own pages; closes the menu that it stands in. */
export function NavLink({ href, also, shortcut, children }: NavLinkProps) {
  const path = usePathname();
  const here = (href === "/dashboard" ? path === href : isWithin(path, href)) || (also && isWithin(path, also));
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      data-shortcut={shortcut}
      onClick={closeMenus}
      className="flex h-9 items-center gap-2.5 whitespace-nowrap rounded-md px-2.5 font-medium text-ink-soft hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:text-ink lg:h-8"
    >
      {children}
    </Link>
  );
}

function closeMenus(): void {
  for (const menu of document.querySelectorAll<HTMLElement>("[popover]:popover-open")) menu.hidePopover();
}
