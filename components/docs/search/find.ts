import type { SearchEntry } from "#lib/api/reference/search-index.ts";

const most = 12;

/** The entries in which every typed word occurs: in the title before the address before the text; 12 at the most. */
export function find(entries: readonly SearchEntry[], query: string): SearchEntry[] {
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (typed.length === 0) return [];
  const scored = entries.map((entry) => ({ entry, score: total(typed.map((word) => score(entry, word))) }));
  const found = scored.filter(({ score }) => score > 0);
  found.sort((a, b) => b.score - a.score);
  return found.slice(0, most).map(({ entry }) => entry);
}

/** 0 as soon as one word is nowhere. */
const total = (scores: number[]) => (scores.includes(0) ? 0 : scores.reduce((sum, one) => sum + one, 0));

function score({ title, path, words }: SearchEntry, word: string): number {
  const name = ` ${title.toLowerCase()}`;
  if (name.includes(` ${word}`)) return name.trim() === word ? 12 : 8;
  if (name.includes(word)) return 5;
  if (path.toLowerCase().includes(word)) return 4;
  return words.toLowerCase().includes(word) ? 1 : 0;
}
