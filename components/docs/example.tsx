import type { Language } from "#lib/api/reference/request-code.ts";
import { CodePane } from "./code-pane.tsx";

export type ExampleCode = {
  /** In each language, or as lines of a shell. */
  request: Record<Language, string> | string | undefined;
  answer: string | undefined;
  note: string;
};

/** A topic's example in the dark pane: the request in each language, and what comes back. */
export function Example({ request, answer, note, title }: ExampleCode & { title: string }) {
  if (!request && answer === undefined) return null;
  return (
    <div className="flex flex-col gap-3 xl:sticky xl:top-16 xl:py-10">
      {request && (
        <div className="docs-frame">
          {typeof request === "string" ? (
            <CodePane code={request} label={`the lines: ${title}`} />
          ) : (
            (Object.keys(request) as Language[]).map((language) => (
              <CodePane key={language} code={request[language]} language={language} label={`the request: ${title}`} />
            ))
          )}
        </div>
      )}
      {answer !== undefined && (
        <div className="docs-frame">
          <CodePane code={answer} label={`the answer: ${title}`} title={note} />
        </div>
      )}
    </div>
  );
}
