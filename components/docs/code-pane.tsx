import type { Language } from "#lib/api/reference/request-code.ts";

type CodePaneProps = { code: string; label: string; language?: Language | undefined; title?: string | undefined };

/** Code on the dark ground; shown in its language's turn (docs.css). docs-behaviour gives it the button that copies it. */
export function CodePane({ code, label, language, title }: CodePaneProps) {
  return (
    <div data-code={label} data-in={language} className="docs-code">
      {title && <p className="px-4 pt-3 text-console-faint text-xs">{title}</p>}
      <pre>
        <code>{code}</code>
      </pre>
    </div>
  );
}
