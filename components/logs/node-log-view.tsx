"use client";

import { Download } from "lucide-react";
import Link from "next/link";
import { useCallback, useMemo } from "react";
import { buttonClass } from "#components/ui/button-look.ts";
import { type LogLine, mostLines } from "./line.ts";
import { LogView } from "./log-view.tsx";
import { useNodeLog } from "./use-node-log.ts";

type NodeLogProps = {
  environmentId: string;
  node: string;
  /** Where this page is. */
  page: string;
  first: readonly LogLine[];
  /** The newest lines are among them. */
  isEnd: boolean;
  marked?: number;
};

/** The newest lines of a node's log, with what is new as it comes. */
export function NodeLogView({ environmentId, node, page, first, isEnd, marked }: NodeLogProps) {
  const { lines, isConnected } = useNodeLog(environmentId, node, first, isEnd);
  const phases = useMemo(
    () => [...new Set(lines.filter(({ kind }) => kind === "step").map(({ text }) => text))],
    [lines],
  );
  const linkOf = useCallback(({ key }: LogLine) => `${page}?line=${key}`, [page]);
  const older = lines.length < mostLines ? "" : " · Older lines are in the download";
  const download = `/environments/${environmentId}/nodes/${encodeURIComponent(node)}/log`;
  return (
    <LogView
      label={`Log of ${node}`}
      empty="No output yet. It comes while the server is made and its packages are installed."
      {...{ lines, phases, marked, linkOf }}
      status={
        isEnd ? (
          `${isConnected ? "Live" : "The line to CloudHero is lost; reconnecting …"}${older}`
        ) : (
          <>
            The lines around the one that was linked.{" "}
            <Link href={page} className="rounded-sm underline underline-offset-2">
              Show the newest
            </Link>
          </>
        )
      }
      actions={
        <a href={download} download={`${node}.log`} className={buttonClass({ size: "small" }, "h-8")}>
          <Download className="size-3.5" aria-hidden />
          Download
        </a>
      }
    />
  );
}
