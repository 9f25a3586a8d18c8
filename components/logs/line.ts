import type { FeedEvent } from "../environments/live/feed.ts";

/** A line of a log as it is shown; `key` is its own for ever. */
export type LogLine = {
  key: number;
  text: string;
  /** ISO date, where it is known. */
  at?: string;
  kind?: "output" | "errors" | "step" | "notice";
};

/** What is kept of a log in the browser. */
export const mostLines = 5_000;

/** An event of an environment as a line of its node's log. */
export const lineOf = ({ id, kind, message, at }: Pick<FeedEvent, "id" | "kind" | "message" | "at">): LogLine => ({
  key: id,
  text: message,
  at,
  kind: kind === "log" ? "output" : kind === "step" ? "step" : "notice",
});

export type Level = "error" | "warning" | "other";

const errors = /\b(error|err|fatal|panic|failed|failure|exception|critical|emerg|alert)\b|^E:/i;
const warnings = /\b(warn|warning|deprecated)\b|^W:/i;

/** How bad a line sounds: words that programs use, for there is no other sign. */
export function levelOf({ text, kind }: LogLine): Level {
  if (kind === "step") return "other";
  if (errors.test(text)) return "error";
  return warnings.test(text) ? "warning" : "other";
}

export type Wanted = { search: string; level: "all" | "warnings" | "errors"; phase: string };

/** The lines that are asked for: of a phase (a step's text), of a level, with a text in them whatever its case. */
export function wantedLines(lines: readonly LogLine[], { search, level, phase }: Wanted): readonly LogLine[] {
  const text = search.trim().toLowerCase();
  if (!text && level === "all" && !phase) return lines;
  let now = "";
  return lines.filter((line) => {
    if (line.kind === "step") now = line.text;
    if (phase && now !== phase) return false;
    if (text && !line.text.toLowerCase().includes(text)) return false;
    if (level === "all") return true;
    const found = levelOf(line);
    return found === "error" || (level === "warnings" && found === "warning");
  });
}

/** A text cut where `search` is found in it: every second part is a finding. */
export function parts(text: string, search: string): string[] {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return [text];
  const low = text.toLowerCase();
  const found: string[] = [];
  let at = 0;
  for (let next = low.indexOf(wanted); next >= 0; next = low.indexOf(wanted, at)) {
    found.push(text.slice(at, next), text.slice(next, next + wanted.length));
    at = next + wanted.length;
  }
  return [...found, text.slice(at)];
}

/** The newest lines, so many at the most: cut now and then rather than at each, so that parts shown stay parts shown. */
export function keep(lines: readonly LogLine[], more: readonly LogLine[], most: number): readonly LogLine[] {
  const all = [...lines, ...more];
  const spare = Math.ceil(most / 10);
  return all.length > most + spare ? all.slice(all.length - most) : all;
}

export const textOf = (lines: readonly LogLine[]): string =>
  lines.map(({ at, text }) => `${at ? `${at} ` : ""}${text}\n`).join("");
