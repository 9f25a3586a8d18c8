import type { ReactNode } from "react";

export type NavEntry = { href: string; title: string; entries?: NavEntry[] };
export type NavGroup = { title: string; entries: NavEntry[] };

/** Of every entry, said once: there are some hundred. */
const entryLook =
  "[&_li>a]:block [&_li>a]:rounded-md [&_li>a]:px-2.5 [&_li>a]:py-1 [&_li>a]:text-ink-soft [&_li>a:hover]:bg-raised [&_li>a:hover]:text-ink [&_a[aria-current]]:bg-raised [&_a[aria-current]]:font-medium [&_li>a[aria-current]]:text-ink";

/** The table of contents; docs-behaviour marks where the reader is, and opens that chapter. */
export function DocsNav({ groups, footer }: { groups: NavGroup[]; footer: ReactNode }) {
  return (
    <nav
      id="docs-nav"
      popover="auto"
      aria-label="Docs"
      className="m-0 h-dvh w-72 max-w-[85vw] flex-col border-line border-r bg-canvas p-0 text-ink open:flex lg:sticky lg:top-14 lg:flex lg:h-[calc(100dvh-3.5rem)] lg:w-auto lg:max-w-none print:hidden"
    >
      <div data-nav-scroll className={`flex-1 overflow-y-auto px-3 py-5 ${entryLook}`}>
        {groups.map(({ title, entries }) => (
          <div key={title} className="mb-6">
            <p className="mb-1 px-2.5 font-medium text-ink-faint text-xs">{title}</p>
            <ul>
              {entries.map((entry) => (
                <Entry key={entry.href} {...entry} />
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div className="border-line border-t px-5 py-4">{footer}</div>
    </nav>
  );
}

function Entry({ href, title, entries }: NavEntry) {
  return (
    <li data-chapter className="group/chapter">
      <a href={href}>{title}</a>
      {entries && (
        <ul className="mb-2 ml-3 hidden border-line border-l pl-1 text-[0.8125rem] group-data-open/chapter:block noscript:block">
          {entries.map((entry) => (
            <li key={entry.href}>
              <a href={entry.href}>{entry.title}</a>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
