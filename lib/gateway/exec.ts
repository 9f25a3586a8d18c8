import { request } from "node:https";
import type { Duplex } from "node:stream";
import type { Queryable } from "#lib/context.ts";
import { messageIn } from "./answer.ts";
import { askEngine } from "./ask-all.ts";
import { type Caller, refuseBelow } from "./caller.ts";
import { clusterFor, type Engine } from "./cluster.ts";
import { noteSilence, watchStream } from "./health.ts";
import { ask, jsonOf } from "./http-client.ts";
import { engineOfContainer } from "./locate.ts";
import { Refusal } from "./refusal.ts";

const startMs = 15_000;
const askMs = 5_000;

type Size = { cols: number; rows: number };
export type Exec = {
  /** The node that has the container. */
  node: string;
  /** What it prints, and what is typed; what is not read makes the container wait. */
  stream: Duplex;
  resize(size: Size): void;
  /** How it ended, once all output has been read; null where the engine does not tell. Throws Refusal 502 where the node fell silent. */
  ended: Promise<{ code: number | null }>;
};

/** Runs a command with a terminal in a container of the caller's cluster, as `docker exec -it` does. Throws Refusal. */
export async function openExec(
  db: Queryable,
  caller: Caller,
  { container, command, size }: { container: string; command: string[]; size: Size },
  signal: AbortSignal,
): Promise<Exec> {
  refuseBelow(caller, "operator");
  const cluster = await clusterFor(db, caller);
  const engine = await engineOfContainer({ cluster, signal }, container);
  const id = await create(engine, container, command, signal);
  const stream = await start(engine, id, signal);
  const ended = endOf(engine, id, stream);
  const resize = ({ cols, rows }: Size) =>
    ask(engine, { method: "POST", path: `/exec/${id}/resize?h=${rows}&w=${cols}`, timeoutMs: askMs }).catch(() => {});
  // Nothing is typed before the screen has its size: a program that asks would be told 0 by 0.
  await resize(size);
  return { node: engine.name, stream, resize: (size) => void resize(size), ended };
}

async function create(engine: Engine, container: string, command: string[], signal: AbortSignal): Promise<string> {
  const attached = { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true };
  const body = { ...attached, Cmd: command, Env: ["TERM=xterm-256color"] };
  const path = `/containers/${encodeURIComponent(container)}/exec`;
  const answer = await askEngine({ signal }, engine, { method: "POST", path, body });
  if (answer.status !== 201) throw new Refusal(answer.status, wordsOf(answer.body));
  return jsonOf<{ Id: string }>(answer).Id;
}

const wordsOf = (body: Buffer): string => messageIn(body) ?? "the engine refuses";

function start({ host, port, agent, name, ...engine }: Engine, id: string, signal: AbortSignal): Promise<Duplex> {
  const body = JSON.stringify({ Detach: false, Tty: true });
  const headers = {
    connection: "Upgrade",
    upgrade: "tcp",
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  };
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(startMs)]);
  const sent = request({ host, port, agent, method: "POST", path: `/exec/${id}/start`, headers });
  const leave = () => sent.destroy(bounded.reason);
  return new Promise<Duplex>((resolve, reject) => {
    bounded.addEventListener("abort", leave, { once: true });
    sent.once("upgrade", (_, stream, first) => {
      if (first.length > 0) stream.unshift(first);
      resolve(stream);
    });
    sent.once("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => reject(new Refusal(answer.statusCode!, wordsOf(Buffer.concat(chunks)))));
      answer.on("error", reject);
    });
    sent.once("error", (cause) => {
      if (!signal.aborted) noteSilence({ host, port, agent, name, ...engine });
      reject(new Refusal(502, `${name} does not answer: ${cause.message}`, { cause }));
    });
    sent.end(body);
  }).finally(() => bounded.removeEventListener("abort", leave));
}

function endOf(engine: Engine, id: string, stream: Duplex): Promise<{ code: number | null }> {
  const stop = watchStream(engine, (reason) => stream.destroy(new Refusal(502, reason.message)));
  const ended = new Promise<void>((resolve, reject) => {
    stream.once("error", (error) => reject(error instanceof Refusal ? error : new Refusal(502, error.message)));
    stream.once("end", () => stream.end());
    stream.once("close", () => resolve());
  })
    .finally(stop)
    .then(() => exitOf(engine, id));
  ended.catch(() => {});
  return ended;
}

/** The engine learns of the end a moment after the output has ended. */
async function exitOf(engine: Engine, id: string): Promise<{ code: number | null }> {
  for (let tries = 0; tries < 5; tries += 1) {
    const answer = await ask(engine, { path: `/exec/${id}/json`, timeoutMs: askMs }).catch(() => null);
    const { Running, ExitCode } =
      answer?.status === 200 ? jsonOf<{ Running: boolean; ExitCode: number | null }>(answer) : {};
    if (Running === false) return { code: ExitCode ?? null };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { code: null };
}
