import { useEffect, useState } from "react";
import { followEvents } from "../environments/live/follow-events.ts";
import { keep, type LogLine, lineOf, mostLines } from "./line.ts";

/** A node's log from `first` on, kept current; as it is where `follows` is not. */
export function useNodeLog(environmentId: string, node: string, first: readonly LogLine[], follows: boolean) {
  const [lines, setLines] = useState(first);
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    setLines(first);
    if (!follows) return;
    return followEvents(environmentId, first.at(-1)?.key ?? 0, {
      onEvents: (events) => {
        const mine = events.filter(({ nodeName }) => nodeName === node).map(lineOf);
        if (mine.length > 0) setLines((known) => keep(known, fresh(known, mine), mostLines));
      },
      onOpen: () => setConnected(true),
      onLost: () => setConnected(false),
    });
  }, [environmentId, node, first, follows]);
  return { lines, isConnected };
}

function fresh(known: readonly LogLine[], more: readonly LogLine[]): readonly LogLine[] {
  const last = known.at(-1)?.key ?? 0;
  return more.filter(({ key }) => key > last);
}
