import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the reference lies, beside the repository; it is not a part of it. */
const file = join(import.meta.dirname, "../../../../shared/reference/api-reference.md");

/** One curl block of the reference with the JSON that it says comes back. */
export type Example = {
  /** The nearest headline. */
  title: string;
  method: string;
  /** With the reference's placeholders in it. */
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** As it stands in the text: two of them are no JSON, or none that was meant. */
  answer: string;
};

export const referenceThere = existsSync(file);

/** Every curl block of the reference, in order. Throws where one has no answer after it. */
export function readReference(): Example[] {
  return examplesIn(readFileSync(file, "utf8"));
}

export function examplesIn(text: string): Example[] {
  const parts = [...text.matchAll(/^#+ *(.+)$|^```(\w*)\n([\s\S]*?)^```/gm)];
  const examples: Example[] = [];
  let title = "";
  let asked: Omit<Example, "answer"> | undefined;
  for (const [, headline, language, content] of parts) {
    if (headline !== undefined) title = headline.trim();
    else if (language === "shell" && content!.includes("curl")) {
      if (asked) throw new Error(`The reference has no answer for "${asked.title}".`);
      asked = { title, ...readCurl(content!) };
    } else if (language === "json" && asked) {
      examples.push({ ...asked, answer: content! });
      asked = undefined;
    }
  }
  if (asked) throw new Error(`The reference has no answer for "${asked.title}".`);
  return examples;
}

/** A curl command as a person reads it: the text lacks backslashes, methods and closing quotes. */
function readCurl(block: string): Omit<Example, "title" | "answer"> {
  const command = block.replace(/^\s*#.*$/gm, "").trim();
  const [beforeBody, ...rest] = command.split(/\s-d\s+'/);
  const body = rest.length > 0 ? rest.join(" -d '").replace(/'\s*$/, "").trim() : undefined;
  const url = /curl[^"]*"([^"]+)"/.exec(beforeBody!)?.[1];
  if (!url) throw new Error(`No URL in: ${block}`);
  const headers = [...beforeBody!.matchAll(/-H\s+"([^":]+):\s*([^"]*)"/g)].map(([, name, value]) => [name!, value!]);
  const method = /-X\s+(\w+)/.exec(beforeBody!)?.[1] ?? (body === undefined ? "GET" : "POST");
  const { pathname, search } = new URL(url);
  return { method, path: pathname + search, headers: Object.fromEntries(headers), body };
}
