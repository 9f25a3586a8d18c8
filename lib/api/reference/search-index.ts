import { reference } from "./chapters.ts";
import { apiErrors } from "./errors.ts";
import { guides } from "./guides.ts";
import type { Block } from "./topic.ts";

/** What the search finds: a headline with its address, and the words that stand under it. */
export type SearchEntry = { href: string; title: string; chapter: string; path: string; words: string };

/** Every headline of the docs. */
export function searchIndex(): SearchEntry[] {
  const told = reference().flatMap(({ title: chapter, topics }) =>
    topics.map(({ id, title, prose, operation }) => ({
      href: `/docs#${id}`,
      title,
      chapter,
      path: operation?.key ?? "",
      words: [
        textOf(prose),
        operation?.summary,
        ...[operation?.pathFields, operation?.queryFields, operation?.bodyFields].flatMap((fields) =>
          (fields ?? []).map(({ place, words }) => `${place} ${words}`),
        ),
      ].join(" "),
    })),
  );
  const guided = guides.flatMap(({ slug, chapter }) =>
    chapter.topics.map(({ id, title, prose, code = "" }) => ({
      href: `/docs/${slug}#${id}`,
      title,
      chapter: chapter.title,
      path: "",
      words: `${textOf(prose)} ${code}`,
    })),
  );
  const errors = apiErrors.map(({ code, status, means, remedy }) => ({
    href: `/docs/errors#${code}`,
    title: `${status} ${code}`,
    chapter: "Errors",
    path: "",
    words: `${means} ${remedy}`,
  }));
  return [...told, ...guided, ...errors];
}

/** Prose without its marks. */
const textOf = (blocks: readonly Block[]) =>
  blocks
    .map(plain)
    .join(" ")
    .replace(/[`*]|\]\([^)]*\)|\[/g, "");

function plain(block: Block): string {
  if (typeof block === "string") return block;
  if ("note" in block) return block.note;
  if ("code" in block) return block.code;
  return "list" in block ? block.list.join(" ") : block.rows.flat().join(" ");
}
