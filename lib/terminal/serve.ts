import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { AppError, messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { carry, type Ending, tell } from "./carry.ts";
import type { Pty } from "./pty.ts";
import { closeCode, told } from "./refuse.ts";

const againEveryMs = 2_000;
/** The database may be away for so many questions before nobody may go on. */
const silencesAtMost = 10;

/** A terminal that somebody may have: who, where, and how it is opened. */
export type Terminal = {
  ctx: Context;
  environmentId: string;
  /** For the audit log: which environment, which node or container. */
  place: Record<string, string>;
  open(signal: AbortSignal): Promise<Pty>;
  /** Throws where it may not go on: a role taken away, a session ended, a server gone. */
  again(): Promise<unknown>;
};

const open = new Map<AbortController, Promise<void>>();

/** Serves a terminal on a WebSocket until either has ended; its beginning and end are written down, and nothing of what passes. */
export function serve(socket: WebSocket, terminal: Terminal): Promise<void> {
  const ending = new AbortController();
  const served = run(socket, terminal, ending)
    .catch((error) => log.error({ err: error }, messageOf(error)))
    .finally(() => open.delete(ending));
  open.set(ending, served);
  return served;
}

/** Ends all terminals of this process, and waits until that is written down. */
export async function closeTerminals(): Promise<void> {
  const restarting = new AppError("unavailable", "CloudHero is restarting: open the terminal again in a moment.");
  for (const ending of open.keys()) ending.abort(restarting);
  await Promise.all(open.values());
}

async function run(socket: WebSocket, { ctx, environmentId, place, ...terminal }: Terminal, ending: AbortController) {
  const begun = Date.now();
  socket.on("error", () => {});
  socket.once("close", () => ending.abort(new Error("the client has left")));
  const audit = (action: string, details: object) =>
    recordAudit(ctx.db, ctx, action, environmentId, { ...place, ...details });
  // What is said before the program runs waits for it.
  socket.pause();
  let outcome = "";
  try {
    await audit("terminal.open", {});
    void watch(terminal.again, ending);
    const pty = await terminal.open(ending.signal);
    tell(socket, { type: "ready" });
    const end = await carry(socket, pty, ending.signal);
    outcome = outcomeOf(end);
    if (end !== "left") tell(socket, { type: "exit", ...end });
    socket.close(1000);
  } catch (error) {
    outcome = end(socket, error);
  } finally {
    ending.abort();
    socket.resume();
    await audit("terminal.close", { outcome, seconds: Math.round((Date.now() - begun) / 1000) });
  }
}

/** Tells the client why; answers the same for the audit log. */
function end(socket: WebSocket, error: unknown): string {
  if (socket.readyState !== socket.OPEN) return "left";
  const refusal = told(error);
  const { code, message } = refusal;
  tell(socket, { type: "error", code, message });
  socket.close(closeCode(refusal), code);
  return message;
}

function outcomeOf(end: Ending): string {
  if (end === "left") return "left";
  return end.signal ? `ended by ${end.signal}` : `exit ${end.code ?? "unknown"}`;
}

/** Asks every 2 s whether it may still be; ends it where it may not, or where nobody can tell for long. */
async function watch(again: Terminal["again"], ending: AbortController): Promise<void> {
  const { signal } = ending;
  let silences = 0;
  while (!signal.aborted) {
    await sleep(againEveryMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      await again();
      silences = 0;
    } catch (error) {
      silences += 1;
      const isRefused = error instanceof AppError && error.code !== "internal" && error.code !== "unavailable";
      if (isRefused || silences > silencesAtMost) ending.abort(error);
    }
  }
}
