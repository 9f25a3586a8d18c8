import type { Problem } from "#lib/errors.ts";

/** What a form's action answers where it did not do what was asked: what is wrong, by field, and what was typed. */
export type FormState = {
  /** Of the whole form. */
  message?: string;
  fields: Record<string, string>;
  values: Record<string, string>;
  /** Set where it was done after all; a new value each time. */
  done?: number;
};

export const blank: FormState = { fields: {}, values: {} };

/** What a form's fields hold; several of a name as one text. */
export function typedIn(form: FormData): Record<string, string> {
  const isText = (value: FormDataEntryValue) => typeof value === "string";
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => [name, form.getAll(name).filter(isText).join(",")]),
  );
}

/** Problems sorted into those of a field that the form shows (`known`) and those of the whole. */
export function sortProblems(
  problems: readonly Problem[],
  known: (field: string) => boolean,
): Pick<FormState, "message" | "fields"> {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { field, message } of problems) {
    if (field && known(field)) fields[field] ??= sentence(field, message);
    else rest.push(message);
  }
  return { fields, ...(rest.length > 0 ? { message: [...new Set(rest)].join(" ") } : {}) };
}

/** "password: must have …" beside the field itself is "Must have …". */
function sentence(field: string, message: string): string {
  const bare = message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
