import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { AppError } from "#lib/errors.ts";
import { type FromServer, fromClient } from "./frames.ts";
import type { Pty } from "./pty.ts";

/** What waits in our memory for a slow connection before the program is made to wait. */
const bufferBytes = 256 * 1024;
/** What a client that acknowledges is ahead of its screen at most. */
const windowBytes = 1024 * 1024;

export type Patience = { idleMs: number; warnMs: number; pingMs: number };
/** A terminal in which nobody types is closed, and said so a little before. */
export const patience: Patience = { idleMs: 30 * 60_000, warnMs: 2 * 60_000, pingMs: 20_000 };

export type Ending = { code: number | null; signal?: string } | "left";

export const tell = (socket: WebSocket, frame: FromServer): void => {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
};

/** Carries bytes both ways until the program ends or the client leaves. Throws AppError for what ends it otherwise, and the signal's reason. */
export async function carry(socket: WebSocket, pty: Pty, signal: AbortSignal, times = patience): Promise<Ending> {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  const left = new Promise<"left">((resolve) => {
    if (socket.readyState !== socket.OPEN) resolve("left");
    socket.once("close", () => resolve("left"));
  });
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  const acknowledge = carryOutput(socket, pty.stream);
  const idle = watchIdle(socket, times, reject);
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (!isBinary) return control(data, pty, acknowledge, reject);
    idle.touch();
    if (pty.stream.writable && !pty.stream.write(data)) {
      socket.pause();
      pty.stream.once("drain", () => socket.resume());
    }
  });
  const stopPings = keepAlive(socket, times.pingMs);
  socket.resume();
  try {
    return await Promise.race([pty.ended, left, broken]);
  } finally {
    stopPings();
    idle.stop();
    signal.removeEventListener("abort", onAbort);
    socket.resume();
    pty.close();
  }
}

/** Sends what the program prints, and makes it wait for a client that is slow; answers what takes its acknowledgements. */
function carryOutput(socket: WebSocket, stream: Duplex): (bytes: number) => void {
  let ahead = 0;
  let isCounted = false;
  const settle = () => {
    const full = socket.bufferedAmount > bufferBytes || (isCounted && ahead > windowBytes);
    if (full) stream.pause();
    else stream.resume();
  };
  stream.on("data", (chunk: Buffer) => {
    ahead += chunk.length;
    if (socket.readyState !== socket.OPEN) return;
    socket.send(chunk, { binary: true }, settle);
    settle();
  });
  return (bytes) => {
    isCounted = true;
    ahead = Math.max(0, ahead - bytes);
    settle();
  };
}

function control(
  text: Buffer,
  pty: Pty,
  acknowledge: (bytes: number) => void,
  refuse: (error: AppError) => void,
): void {
  const frame = fromClient.safeParse(jsonOf(text));
  if (!frame.success)
    refuse(new AppError("malformed", "A text frame is JSON: resize with cols and rows, or ack with bytes."));
  else if (frame.data.type === "resize") pty.resize(frame.data);
  else acknowledge(frame.data.bytes);
}

function jsonOf(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString("utf8"));
  } catch {
    return undefined;
  }
}

function watchIdle(socket: WebSocket, { idleMs, warnMs }: Patience, end: (error: AppError) => void) {
  const inWords = (ms: number) =>
    ms < 120_000 ? `${Math.round(ms / 1000)} seconds` : `${Math.round(ms / 60_000)} minutes`;
  const warning = `Nothing was typed for a while: this terminal closes in ${inWords(warnMs)}, unless a key is pressed.`;
  const closing = `Nothing was typed for ${inWords(idleMs)}: the terminal was closed.`;
  const warn = setTimeout(() => tell(socket, { type: "notice", message: warning }), idleMs - warnMs).unref();
  const close = setTimeout(() => end(new AppError("unavailable", closing)), idleMs).unref();
  return {
    touch: () => void [warn, close].map((timer) => timer.refresh()),
    stop: () => [warn, close].map(clearTimeout),
  };
}

/** A client that has vanished is noticed; one that we do not listen to at the moment cannot answer. */
function keepAlive(socket: WebSocket, everyMs: number): () => void {
  let isAlive = true;
  socket.on("pong", () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive && !socket.isPaused) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, everyMs).unref();
  return () => clearInterval(timer);
}
