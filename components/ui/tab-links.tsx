"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

/** `within`: the tab is also that of the pages under its address; `also`: of one more page. */
export type TabLink = { href: string; label: string; within?: boolean; also?: string | undefined };

const looks = {
  line: {
    row: "border-line border-b",
    tab: "-outline-offset-2 h-9 rounded-t-md border-transparent border-b-2 font-medium aria-[current=page]:border-accent",
  },
  /** Below a row of the other look. */
  pills: { row: "", tab: "-outline-offset-2 h-8 rounded-full hover:bg-raised aria-[current=page]:bg-raised" },
};

type TabsProps = { label: string; tabs: readonly TabLink[]; look?: keyof typeof looks };

/** Pages that belong together, as a row of links; where the screen is narrow it scrolls in itself, to the one that is open. */
export function TabLinks({ label, tabs, look = "line" }: TabsProps) {
  const path = usePathname();
  const isHere = ({ href, within, also }: TabLink) =>
    path === href || path === also || (within && path.startsWith(`${href}/`));
  return (
    <nav aria-label={label} className={`relative mb-6 overflow-x-auto ${looks[look].row}`}>
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              ref={isHere(tab) ? show : undefined}
              href={tab.href}
              aria-current={isHere(tab) ? "page" : undefined}
              className={`flex items-center whitespace-nowrap px-3 text-ink-soft hover:text-ink aria-[current=page]:text-ink ${looks[look].tab}`}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Scrolls the row to its middle, and the page not at all. */
function show(link: HTMLAnchorElement | null): void {
  const row = link?.closest("nav");
  if (row) row.scrollLeft = link!.offsetLeft - (row.clientWidth - link!.offsetWidth) / 2;
}
