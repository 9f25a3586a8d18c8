import { randomBytes } from "node:crypto";
import { password as passwordRule } from "#lib/api/contracts/fields.ts";
import type { Config } from "#lib/config.ts";
import { requireUser, resetPassword as reset } from "#lib/domain/operator/reset-password.ts";
import { invalid } from "#lib/errors.ts";
import type { Words } from "./arguments.ts";
import { ask } from "./ask.ts";
import { requirePresentSchema } from "./schema.ts";
import { besideServer } from "./store.ts";

/** Gives a user a new password, asked for on a terminal and otherwise made; answers what to tell. Throws AppError. */
export function resetPassword(config: Config, words: Words, signal: AbortSignal): Promise<string[]> {
  return besideServer(config, async ({ db, sql }) => {
    await requirePresentSchema(sql);
    const { email } = await requireUser(db, words.operand);
    const made = words.generate || !process.stdin.isTTY ? randomBytes(15).toString("base64url") : null;
    const password = made ?? (await askTwice(email, signal));
    signal.throwIfAborted();
    await reset(db, email, password);
    return [
      ...(made ? [`The new password of ${email}, shown this once: ${made}`] : [`${email} has the new password.`]),
      "All sessions of this user have ended, and failed log-ins are forgotten. Persistent tokens go on.",
    ];
  });
}

async function askTwice(email: string, signal: AbortSignal): Promise<string> {
  const password = await ask(`New password of ${email}: `, signal);
  const checked = passwordRule.safeParse(password);
  if (!checked.success) throw invalid(`The password ${checked.error.issues[0]!.message}.`);
  if ((await ask("The same again: ", signal)) !== password) throw invalid("The two differ: nothing was changed.");
  return password;
}
