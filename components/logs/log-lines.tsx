"use client";

import { memo, type RefObject, useMemo } from "react";
import { type LogLine, levelOf, parts } from "./line.ts";

const chunkLength = 100;

type LinesProps = {
  box: RefObject<HTMLDivElement | null>;
  lines: readonly LogLine[];
  label: string;
  search: string;
  wraps: boolean;
  showsTimes: boolean;
  /** The line that the address names. */
  marked?: number;
  /** Makes a line's time a link to it. */
  linkOf?: (line: LogLine) => string;
  onScroll: () => void;
};

/** Lines of a log in a box that scrolls. What is out of sight is neither laid out nor painted, and is found by the browser's own search. */
export function LogLines({ box, lines, label, onScroll, ...look }: LinesProps) {
  const chunks = useMemo(() => chunked(lines), [lines]);
  return (
    <div
      ref={box}
      role="log"
      aria-label={label}
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      onScroll={onScroll}
      className="-outline-offset-2 size-full overflow-auto bg-console py-2 font-mono text-console-ink text-xs leading-5"
    >
      {chunks.map(({ key, lines: own }) => (
        <Chunk key={key} lines={own} {...look} />
      ))}
    </div>
  );
}

type Chunked = { key: number; lines: readonly LogLine[] };

/** Cut by the lines' own keys, so that a chunk that is full stays as it is while lines come and go around it. */
function chunked(lines: readonly LogLine[]): Chunked[] {
  const chunks: { key: number; lines: LogLine[] }[] = [];
  for (const line of lines) {
    const key = Math.floor(line.key / chunkLength);
    const last = chunks.at(-1);
    if (last?.key === key) last.lines.push(line);
    else chunks.push({ key, lines: [line] });
  }
  return chunks;
}

type ChunkProps = { lines: readonly LogLine[] } & Pick<
  LinesProps,
  "search" | "wraps" | "showsTimes" | "marked" | "linkOf"
>;

const Chunk = memo(
  function Chunk({ lines, ...look }: ChunkProps) {
    return (
      <div className="w-max min-w-full [contain-intrinsic-size:auto_125rem] [content-visibility:auto] has-[.wraps]:w-full">
        {lines.map((line) => (
          <Line key={line.key} line={line} {...look} />
        ))}
      </div>
    );
  },
  (before, after) =>
    before.lines.length === after.lines.length &&
    before.lines[0] === after.lines[0] &&
    before.lines.at(-1) === after.lines.at(-1) &&
    (["search", "wraps", "showsTimes", "marked", "linkOf"] as const).every((name) => before[name] === after[name]),
);

const inks = { error: "text-[#ff8a84]", warning: "text-[#f2b95c]", other: "" } as const;

function Line({ line, search, wraps, showsTimes, marked, linkOf }: { line: LogLine } & Omit<ChunkProps, "lines">) {
  const { key, text, at, kind } = line;
  const flow = wraps ? "wraps whitespace-pre-wrap break-words [overflow-wrap:anywhere]" : "whitespace-pre";
  const weight = kind === "step" ? "font-semibold" : kind === "notice" ? "text-console-faint" : inks[levelOf(line)];
  return (
    <p
      id={`line-${key}`}
      className={`scroll-mt-16 px-4 ${flow} ${weight} ${key === marked ? "bg-white/15" : "hover:bg-white/5"}`}
    >
      {showsTimes && at && <Time at={at} href={linkOf?.(line)} />}
      {kind === "errors" && <span className="sr-only">standard error: </span>}
      {parts(text, search).map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other name.
          <mark key={index} className="rounded-sm bg-[#f2b95c] text-[#17171a]">
            {part}
          </mark>
        ) : (
          part
        ),
      )}
    </p>
  );
}

function Time({ at, href }: { at: string; href: string | undefined }) {
  const short = at.slice(11, 23).padEnd(12);
  const look = "mr-3 select-none text-console-faint";
  if (!href)
    return (
      <time dateTime={at} title={at} className={look}>
        {short}
      </time>
    );
  return (
    <a href={href} title={`${at}: link to this line`} className={`${look} rounded-sm hover:underline`}>
      <time dateTime={at}>{short}</time>
    </a>
  );
}
