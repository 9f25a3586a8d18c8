/**
 * A command line in its words, as a POSIX shell splits it: quotes and backslashes, but no variables and no globs.
 * Null where a quote is left open.
 */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let word = "";
  let begun = false;
  let quote: "'" | '"' | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at]!;
    const next = line[at + 1];
    if (quote === "'") {
      if (letter === "'") quote = null;
      else word += letter;
    } else if (letter === "\\" && next !== undefined && (quote === null || '"\\$`'.includes(next))) {
      word += next;
      begun = true;
      at += 1;
    } else if (quote === '"') {
      if (letter === '"') quote = null;
      else word += letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      begun = true;
    } else if (/\s/.test(letter)) {
      if (begun) words.push(word);
      word = "";
      begun = false;
    } else {
      word += letter;
      begun = true;
    }
  }
  if (quote) return null;
  return begun ? [...words, word] : words;
}
