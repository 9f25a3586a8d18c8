import { CopyButton } from "./copy-button.tsx";

/** Code on a dark ground, with a button that copies all of it. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-md bg-console text-console-ink">
      <section aria-label={label} className="rounded-md p-4 pr-12">
        <pre className="whitespace-pre-wrap font-mono text-xs leading-relaxed [overflow-wrap:anywhere]">
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton text={code} label={`Copy ${label}`} className="absolute top-2 right-2 text-console-ink" />
    </div>
  );
}
