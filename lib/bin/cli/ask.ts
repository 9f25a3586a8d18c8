import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { invalid } from "#lib/errors.ts";

/** A line that somebody types on the terminal, unseen. Throws AppError "invalid" where none comes. */
export async function ask(question: string, signal: AbortSignal): Promise<string> {
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  // The terminal makes no signal of Ctrl-C while it is read key by key.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  process.stderr.write(question);
  try {
    const ended = once(terminal, "close").then(() => null);
    // Ctrl-D rejects the question; so does the signal, which the caller knows of.
    const line = await Promise.race([terminal.question("", { signal }).catch(() => null), ended]);
    signal.throwIfAborted();
    if (line === null) throw invalid("Nothing was typed: nothing was changed.");
    return line;
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
