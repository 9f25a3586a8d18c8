import { CopyButton } from "./copy-button.tsx";

/** Code on a dark ground, with a button that copies all of it. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-md bg-console text-console-ink">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={label}
        className="overflow-x-auto rounded-md p-4 pr-12"
      >
        <pre className="font-mono text-xs leading-relaxed">
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton text={code} label={`Copy ${label}`} className="absolute top-2 right-2 text-console-ink" />
    </div>
  );
}
