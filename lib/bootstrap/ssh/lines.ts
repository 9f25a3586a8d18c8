import { StringDecoder } from "node:string_decoder";

/** Longest line kept, in characters; the rest of a longer one is dropped. */
export const MAX_LINE_CHARACTERS = 2_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours and cursor movements begin with escape
const ESCAPES = /\u001b(\[[0-9;?]*[ -/]*[@-~]|[@-Z\\-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is not text, but the tabulator
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Turns a stream of bytes into lines of clean text: UTF-8 may be split anywhere, a carriage return starts the line
 * over as on a terminal, escapes and control characters are dropped. Keeps at most one line in memory.
 */
export function lineSplitter(onLine: (line: string) => void): { push(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder("utf8");
  let line = "";
  let returned = false;

  function emit(): void {
    onLine(line.replace(ESCAPES, "").replace(CONTROLS, ""));
    line = "";
    returned = false;
  }

  function append(text: string): void {
    if (text === "") return;
    if (returned) line = "";
    returned = false;
    line = (line + text.slice(0, MAX_LINE_CHARACTERS)).slice(0, MAX_LINE_CHARACTERS);
  }

  function write(text: string): void {
    for (const part of text.split(/([\r\n])/)) {
      if (part === "\n") emit();
      else if (part === "\r") returned = true;
      else append(part);
    }
  }

  return {
    push: (chunk) => write(decoder.write(chunk)),
    end() {
      write(decoder.end());
      if (line !== "") emit();
    },
  };
}
