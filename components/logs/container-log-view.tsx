"use client";

import { Download, Pause, Play, RotateCw } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { wholeLog } from "./follow-container.ts";
import { LogSelect } from "./log-tools.tsx";
import { LogView } from "./log-view.tsx";
import { useContainerLog } from "./use-container-log.ts";

/** A download has so many lines at the most. */
const downloadLines = 100_000;
const spans = [
  { seconds: 0, words: "Last 1,000 lines" },
  { seconds: 5 * 60, words: "Last 5 minutes" },
  { seconds: 3_600, words: "Last hour" },
  { seconds: 86_400, words: "Last day" },
];

/** A container's log as it grows. */
export function ContainerLogView({ path, name }: { path: string; name: string }) {
  const [seconds, setSeconds] = useState(0);
  const log = useContainerLog(path, seconds);
  const { lines, state, isPaused, togglePause, again } = log;
  return (
    <>
      {typeof state === "object" && <Notice tone="warn">{state.trouble}</Notice>}
      <LogView
        label={`Log of ${name}`}
        empty={state === "reading" ? "Reading …" : "The container has said nothing in that time."}
        lines={lines}
        status={statusOf(log)}
        actions={
          <>
            <LogSelect label="Since" value={seconds} choose={(chosen) => setSeconds(Number(chosen))}>
              {spans.map((span) => (
                <option key={span.seconds} value={span.seconds}>
                  {span.words}
                </option>
              ))}
            </LogSelect>
            {state === "following" || state === "reading" ? (
              <Button size="small" className="h-8" onClick={togglePause} aria-pressed={isPaused}>
                {isPaused ? <Play className="size-3.5" aria-hidden /> : <Pause className="size-3.5" aria-hidden />}
                {isPaused ? "Go on" : "Pause"}
              </Button>
            ) : (
              <Button size="small" className="h-8" onClick={again}>
                <RotateCw className="size-3.5" aria-hidden />
                Read again
              </Button>
            )}
            <DownloadButton path={path} name={name} />
          </>
        }
      />
    </>
  );
}

function statusOf({ state, isPaused, waiting }: ReturnType<typeof useContainerLog>): string {
  if (isPaused) return waiting > 0 ? `Paused; ${waiting.toLocaleString("en")} new lines wait` : "Paused";
  if (state === "ended") return "The container says no more: it has stopped.";
  return state === "following" ? "Following" : "";
}

function DownloadButton({ path, name }: { path: string; name: string }) {
  const [label, setLabel] = useState("Download");
  const download = async () => {
    setLabel("Reading …");
    try {
      const url = URL.createObjectURL(new Blob([await wholeLog(path, downloadLines)], { type: "text/plain" }));
      const link = Object.assign(document.createElement("a"), { href: url, download: `${name}.log` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
      setLabel("Download");
    } catch {
      setLabel("Failed: try again");
    }
  };
  return (
    <Button size="small" className="h-8" onClick={() => void download()} disabled={label === "Reading …"}>
      <Download className="size-3.5" aria-hidden />
      {label}
    </Button>
  );
}
