import { useCallback, useEffect, useRef, useState } from "react";
import type { DockerLine } from "./docker-stream.ts";
import { followContainer, type State } from "./follow-container.ts";
import { keep, type LogLine, mostLines } from "./line.ts";

/** A container's log since so many seconds ago (0: the last lines), followed until it is paused; what comes meanwhile waits. */
export function useContainerLog(path: string, sinceSeconds: number) {
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [state, setState] = useState<State>("reading");
  const [isPaused, setPaused] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const [round, setRound] = useState(0);
  const held = useRef<readonly LogLine[]>([]);
  const paused = useRef(false);
  const key = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round reads anew.
  useEffect(() => {
    setLines([]);
    held.current = [];
    setWaiting(0);
    const take = (fresh: DockerLine[]) => {
      const named = fresh.map((line) => ({ ...line, key: key.current++ }));
      if (!paused.current) return setLines((known) => keep(known, named, mostLines));
      held.current = keep(held.current, named, mostLines);
      setWaiting(held.current.length);
    };
    const start = sinceSeconds > 0 ? { tail: mostLines, sinceSeconds } : { tail: 1_000 };
    return followContainer(path, start, { onLines: take, onState: setState });
  }, [path, sinceSeconds, round]);

  const togglePause = useCallback(() => {
    paused.current = !paused.current;
    setPaused(paused.current);
    if (paused.current) return;
    const more = held.current;
    held.current = [];
    setWaiting(0);
    setLines((known) => keep(known, more, mostLines));
  }, []);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return { lines, state, isPaused, waiting, togglePause, again };
}
