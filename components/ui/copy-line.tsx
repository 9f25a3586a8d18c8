import { CopyButton } from "./copy-button.tsx";

/** One line of text to be copied: an address, a command, a password. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex min-w-0 items-center rounded-md border border-line bg-raised/60 pl-2.5">
      <code className="min-w-0 flex-1 truncate font-mono text-ink-soft text-xs" title={text}>
        {text}
      </code>
      <CopyButton text={text} label={label} />
    </div>
  );
}
