import { z } from "zod";
import { bytesOf, durationOf, nanoCpusOf } from "./units.ts";
import { splitWords } from "./words.ts";

/** YAML reads `80` and `true` as such where a text is meant. */
export const text = z.union([z.string(), z.number(), z.boolean()], { error: "must be a text" }).transform(String);

/** From a text by `read`, which answers null for what is none. */
const read = <T>(reader: (text: string) => T | null, what: string) =>
  text.transform((value, ctx): T => {
    const found = reader(value);
    if (found !== null) return found;
    ctx.addIssue({ code: "custom", message: `"${value}" is no ${what}` });
    return z.NEVER;
  });

export const duration = read(durationOf, 'duration, such as "10s" or "1m30s"');
export const bytes = read(bytesOf, 'size, such as "64M" or "1.5G"');
export const nanoCpus = read(nanoCpusOf, 'number of processors, such as "0.5"');
export const whole = read(
  (value) => (/^\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : null),
  "whole number",
);
/** A file's mode: YAML 1.1 wrote it 0440, YAML 1.2 0o440, and JSON 288. */
export const fileMode = read((value) => (/^\d+$/.test(value) ? Number(value) : null), "mode, such as 0440");
export const flag = read(
  (value) =>
    ({ true: true, yes: true, on: true, y: true, false: false, no: false, off: false, n: false })[
      value.toLowerCase()
    ] ?? null,
  "yes or no",
);

export const texts = z.array(text, { error: "must be a list of texts" });
/** One text, or several. */
export const oneOrMore = z.union([text.transform((one) => [one]), texts], {
  error: "must be a text or a list of texts",
});

/** A command: a list of words, or a line that is split as a shell would. */
export const command = z.union(
  [
    texts,
    z.string().transform((line, ctx) => {
      const words = splitWords(line);
      if (words) return words;
      ctx.addIssue({ code: "custom", message: "a quote is left open" });
      return z.NEVER;
    }),
    z.null().transform(() => []),
  ],
  { error: "must be a command: a text, or a list of texts" },
);

const pairs = z.record(z.string(), z.union([text, z.null()]));

/** `{A: b}` or `["A=b"]`; a name alone is null. */
export const settings = z.union(
  [
    pairs,
    texts.transform((lines) =>
      Object.fromEntries(
        lines.map((line): [string, string | null] => {
          const at = line.indexOf("=");
          return at < 0 ? [line, null] : [line.slice(0, at), line.slice(at + 1)];
        }),
      ),
    ),
  ],
  { error: 'must be a map, or a list of "NAME=value"' },
);

/** The same where a name alone means an empty text. */
export const labels = settings.transform((all) =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value ?? ""])),
);
export const options = z.record(z.string(), text);
