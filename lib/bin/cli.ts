import { loadConfig } from "#lib/config.ts";
import { readWords } from "./cli/arguments.ts";
import { backup } from "./cli/backup.ts";
import { explain } from "./cli/explain.ts";
import { resetPassword } from "./cli/reset-password.ts";
import { restore } from "./cli/restore.ts";
import { rotateSecret } from "./cli/rotate-secret.ts";
import { fail } from "./fail.ts";

const commands = { "reset-password": resetPassword, "rotate-secret": rotateSecret, backup, restore };

/** How long a command that was told to stop may take to put everything away. */
const SHUTDOWN_MS = 20_000;

const leaving = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, leave);

try {
  const words = readWords(process.argv.slice(2));
  const config = loadConfig({ ...process.env, ...words.variables });
  const sentences = await commands[words.command](config, words, leaving.signal);
  console.log(sentences.join("\n"));
} catch (error) {
  if (leaving.signal.aborted) {
    console.error("Stopped before the end: nothing was changed.");
    process.exit(130);
  }
  fail(explain(error));
}

/** Once: Ctrl-C arrives twice, from the terminal and from npm. */
function leave(): void {
  if (leaving.signal.aborted) return;
  leaving.abort();
  setTimeout(() => {
    console.error("Stopped: the database did not answer in time.");
    process.exit(130);
  }, SHUTDOWN_MS).unref();
}
