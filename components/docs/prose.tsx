import type { ReactNode } from "react";
import type { Block } from "#lib/api/reference/topic.ts";
import { CodePane } from "./code-pane.tsx";

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)/g;

/** A line of prose: `code`, **bold** and [links](/docs). */
export function Line({ text }: { text: string }): ReactNode {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, bold, label, href] = match;
    parts.push(text.slice(end, match.index), inline(code, bold, label, href, match.index));
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)];
}

function inline(code: string | undefined, bold: string | undefined, label?: string, href = "", key = 0): ReactNode {
  if (code) return <Code key={key}>{code}</Code>;
  if (bold) return <strong key={key}>{bold}</strong>;
  return (
    <a key={key} href={href} className="font-medium text-accent underline underline-offset-2">
      {label}
    </a>
  );
}

export const Code = ({ children }: { children: ReactNode }) => <code className="docs-word">{children}</code>;

export function Prose({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block) => <One key={typeof block === "string" ? block : JSON.stringify(block)} block={block} />);
}

function One({ block }: { block: Block }) {
  if (typeof block === "string")
    return (
      <p className="mt-3 max-w-prose text-ink-soft leading-relaxed">
        <Line text={block} />
      </p>
    );
  if ("note" in block)
    return (
      <p className="mt-4 max-w-prose rounded-md border border-line bg-raised px-3 py-2.5 leading-relaxed">
        <Line text={block.note} />
      </p>
    );
  if ("code" in block)
    return (
      <div className="mt-4 rounded-lg bg-console">
        <CodePane code={block.code} label={block.label} />
      </div>
    );
  if ("list" in block)
    return (
      <ul className="mt-3 flex max-w-prose list-disc flex-col gap-2 pl-5 text-ink-soft leading-relaxed">
        {block.list.map((text) => (
          <li key={text}>
            <Line text={text} />
          </li>
        ))}
      </ul>
    );
  return <ProseTable head={block.head} rows={block.rows} />;
}

/** A table whose first column names things. On narrow screens each row stacks. */
export function ProseTable({ head, rows }: { head: string[]; rows: string[][] }) {
  return (
    <table className="mt-4 w-full text-left">
      <thead className="max-sm:sr-only">
        <tr className="border-line border-b text-ink-faint text-xs">
          {head.map((title) => (
            <th key={title} className="py-1.5 pr-4 font-medium">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...rest]) => (
          <tr key={name} className="border-line border-b align-top max-sm:block max-sm:py-2">
            <th className="break-words py-2 pr-4 font-medium font-mono text-xs max-sm:block max-sm:py-0.5">{name}</th>
            {rest.map((text, index) => (
              <td key={head[index + 1]} className="py-2 pr-4 text-ink-soft last:pr-0 max-sm:block max-sm:py-0.5">
                <Line text={text} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
