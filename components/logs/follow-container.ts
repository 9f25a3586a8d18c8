import { type DockerLine, dockerLines } from "./docker-stream.ts";

const reconnectMs = 3_000;
const batchMs = 100;

export type State = "reading" | "following" | "ended" | { trouble: string };
type Listener = { onLines: (lines: DockerLine[]) => void; onState: (state: State) => void };

/**
 * Follows a container's log from the last `tail` lines on, or from `since` (seconds ago), in batches; a line that is lost
 * is taken up after the last one that came. Answers how to stop.
 */
export function followContainer(path: string, start: { tail: number; sinceSeconds?: number }, listener: Listener) {
  const left = new AbortController();
  void run(path, start, listener, left.signal);
  return () => left.abort();
}

async function run(
  path: string,
  { tail, sinceSeconds }: { tail: number; sinceSeconds?: number },
  { onLines, onState }: Listener,
  signal: AbortSignal,
): Promise<void> {
  let last = "";
  const query = new URLSearchParams({ follow: "1", tail: String(tail) });
  if (sinceSeconds) query.set("since", String(Math.floor(Date.now() / 1000 - sinceSeconds)));
  while (!signal.aborted) {
    onState("reading");
    try {
      const response = await fetch(`${path}?${query}`, { signal });
      if (!response.ok) {
        const { message } = (await response.json()) as { message?: string };
        onState({ trouble: message ?? `CloudHero answers ${response.status}.` });
        if (response.status < 500) return;
      } else {
        onState("following");
        for await (const lines of batches(response)) {
          const fresh = last ? lines.filter(({ at }) => !at || at > last) : lines;
          last = fresh.findLast(({ at }) => at)?.at ?? last;
          if (fresh.length > 0) onLines(fresh);
        }
        onState("ended");
        return;
      }
    } catch {
      if (signal.aborted) return;
      onState({ trouble: "The line to CloudHero is lost; reconnecting …" });
    }
    await pause(signal);
    if (last) {
      query.set("since", last);
      query.set("tail", "all");
    }
  }
}

const pause = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, reconnectMs);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** The lines of an answer, together where they come together. */
async function* batches(response: Response): AsyncGenerator<DockerLine[]> {
  const reader = response.body!.getReader();
  const { push, end } = dockerLines();
  let waiting: DockerLine[] = [];
  let next = reader.read();
  let since = performance.now();
  for (;;) {
    const late = new Promise<"late">((resolve) => setTimeout(resolve, batchMs, "late"));
    const came = waiting.length > 0 ? await Promise.race([next, late]) : await next;
    if (came !== "late") {
      if (came.done) break;
      if (waiting.length === 0) since = performance.now();
      waiting.push(...push(came.value));
      next = reader.read();
    }
    if (waiting.length === 0 || (came !== "late" && performance.now() - since < batchMs)) continue;
    yield waiting;
    waiting = [];
  }
  yield [...waiting, ...end()];
}

/** All of a log that is still there, as text, so many lines at the most. */
export async function wholeLog(path: string, most: number): Promise<string> {
  const response = await fetch(`${path}?tail=${most}`, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`CloudHero answers ${response.status}.`);
  const texts: string[] = [];
  for await (const lines of batches(response))
    texts.push(lines.map(({ at, text }) => `${at ? `${at} ` : ""}${text}\n`).join(""));
  return texts.join("");
}
