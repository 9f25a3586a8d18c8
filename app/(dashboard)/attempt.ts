import type { FormState } from "#components/ui/form-state.ts";
import { sortProblems } from "#components/ui/form-state.ts";
import { AppError, messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";

/** What a form's fields hold, as text; files and Next's own fields left out. */
export function valuesOf(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts.filter(([name]) => !name.startsWith("$")));
}

/** Runs a form's verb; an error that is meant for people becomes the form's state, secrets (`hidden`) not sent back. */
export async function attemptForm(
  form: FormData,
  run: (values: Record<string, string>) => Promise<unknown>,
  hidden: readonly string[] = [],
): Promise<FormState> {
  const values = valuesOf(form);
  try {
    await run(values);
    return { fields: {}, values: {}, done: Date.now() };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "internal") throw error;
    const shown = Object.entries(values).filter(([name]) => !hidden.includes(name));
    return { ...sortProblems(error.problems, (field) => field in values), values: Object.fromEntries(shown) };
  }
}

/** A form that was refused keeps what was chosen of several as one text. */
export const keepChosen = <S extends FormState>(state: S, name: string, chosen: FormDataEntryValue[]): S =>
  state.done ? state : { ...state, values: { ...state.values, [name]: chosen.join(",") } };

/** Runs an act without fields; answers why it was refused, or nothing. Next's own redirects pass. */
export async function attempt(run: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await run();
  } catch (error) {
    if (error instanceof AppError && error.code !== "internal") return error.message;
    if (!(error instanceof AppError) && typeof error === "object" && error && "digest" in error) throw error;
    log.error({ err: error }, messageOf(error));
    return "Something went wrong on our side; the log has it.";
  }
}
