"use client";

import { useState } from "react";
import type { Language } from "#lib/api/reference/request-code.ts";
import { languageCookie } from "./language.ts";

const choices: { language: Language; title: string }[] = [
  { language: "shell", title: "Shell" },
  { language: "python", title: "Python" },
  { language: "javascript", title: "JavaScript" },
];
const yearSeconds = 365 * 24 * 60 * 60;

/** The language of every example on the page; remembered, so that the next page comes in it. */
export function LanguageTabs({ initial }: { initial: Language }) {
  const [current, setCurrent] = useState(initial);
  const choose = (language: Language) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent in some browsers that we serve.
    document.cookie = `${languageCookie}=${language}; path=/docs; max-age=${yearSeconds}; samesite=lax`;
    document.querySelector<HTMLElement>("[data-language]")!.dataset.language = language;
    setCurrent(language);
  };
  return (
    <fieldset className="inline-flex gap-0.5 rounded-md border border-line p-0.5">
      <legend className="sr-only">Language of the examples</legend>
      {choices.map(({ language, title }) => (
        <button
          key={language}
          type="button"
          aria-pressed={current === language}
          onClick={() => choose(language)}
          className="h-7 rounded px-2.5 font-medium text-ink-soft text-xs hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink"
        >
          {title}
        </button>
      ))}
    </fieldset>
  );
}
