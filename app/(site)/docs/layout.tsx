import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { visitorContext } from "#app/(dashboard)/context.ts";
import type { NavGroup } from "#components/docs/docs-nav.tsx";
import { DocsShell } from "#components/docs/docs-shell.tsx";
import "#components/docs/docs.css";
import { languageCookie, languageOf } from "#components/docs/language.ts";
import { themeCookie, themeOf } from "#components/shell/theme.ts";
import { reference } from "#lib/api/reference/chapters.ts";
import { guides } from "#lib/api/reference/guides.ts";

export default async function DocsLayout({ children }: { children: ReactNode }) {
  const [sent, ctx] = await Promise.all([cookies(), visitorContext()]);
  return (
    <DocsShell
      groups={navGroups()}
      language={languageOf(sent.get(languageCookie)?.value)}
      theme={themeOf(sent.get(themeCookie)?.value)}
      isKnown={ctx !== null}
    >
      {children}
    </DocsShell>
  );
}

const navGroups = (): NavGroup[] => [
  { title: "Guides", entries: guides.map(({ slug, chapter }) => ({ href: `/docs/${slug}`, title: chapter.title })) },
  {
    title: "Reference",
    entries: reference().map(({ id, title, topics }) => ({
      href: `/docs#${id}`,
      title,
      entries: topics.map((topic) => ({ href: `/docs#${topic.id}`, title: topic.title })),
    })),
  },
  {
    title: "More",
    entries: [
      { href: "/docs/errors", title: "Errors" },
      { href: "/docs/console", title: "Console" },
    ],
  },
];
