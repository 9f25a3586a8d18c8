import { RE2JS } from "re2js";

/**
 * What a user's pattern finds a match in; null where it is no pattern. Read as Docker's engines read one (Go's RE2), and by an
 * automaton: the time that it takes grows with the text, whatever was written.
 */
export function patternOf(source: string): ((text: string) => boolean) | null {
  try {
    const pattern = RE2JS.compile(source);
    return (text) => pattern.matcher(text).find();
  } catch {
    return null;
  }
}
