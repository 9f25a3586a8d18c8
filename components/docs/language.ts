import type { Language } from "#lib/api/reference/request-code.ts";

export const languageCookie = "docs-language";

/** The language that a cookie's value names; Shell where it names none. */
export const languageOf = (value: string | undefined): Language =>
  value === "python" || value === "javascript" ? value : "shell";
