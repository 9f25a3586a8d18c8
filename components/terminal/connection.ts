import type { FromClient, FromServer } from "#lib/terminal/frames.ts";
import type { Size } from "./screen.ts";

/** Shown bytes are acknowledged in steps of this many. */
const ackBytes = 64 * 1024;
const explainMs = 10_000;
/** The most that one frame may have, with room to spare. */
const frameBytes = 32 * 1024;

export type End = { message: string; isGood: boolean };
type Listener = {
  /** Answers when the bytes are on the screen. */
  onBytes: (bytes: Uint8Array) => Promise<void>;
  onReady: () => void;
  onNotice: (message: string) => void;
  /** Once, whatever ended it. */
  onEnd: (end: End) => void;
};
export type Connection = { send(bytes: Uint8Array): void; resize(size: Size): void; close(): void };

/** A terminal at `path` (see the frames in lib/terminal), which is never ahead of what is shown by more than a window. */
export function connect(path: string, size: Size, listener: Listener): Connection {
  const socket = new WebSocket(addressOf(path, size));
  socket.binaryType = "arraybuffer";
  const say = (frame: FromClient) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(frame));
  const acknowledge = counter((bytes) => say({ type: "ack", bytes }));
  let end: End | undefined;
  let wasOpen = false;
  socket.onopen = () => {
    wasOpen = true;
    say({ type: "ack", bytes: 0 });
  };
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data !== "string") {
      void listener.onBytes(new Uint8Array(data)).then(() => acknowledge(data.byteLength));
      return;
    }
    const frame = JSON.parse(data) as FromServer;
    if (frame.type === "ready") listener.onReady();
    else if (frame.type === "notice") listener.onNotice(frame.message);
    else end = endOf(frame);
  };
  socket.onclose = async () => listener.onEnd(end ?? (wasOpen ? lost : await reasonOf(path)));
  return {
    send(bytes) {
      if (socket.readyState !== WebSocket.OPEN) return;
      for (let at = 0; at < bytes.length; at += frameBytes) socket.send(bytes.slice(at, at + frameBytes));
    },
    resize: (to) => void say({ type: "resize", ...to }),
    close() {
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    },
  };
}

const lost: End = { message: "The connection was lost.", isGood: false };

function addressOf(path: string, { cols, rows }: Size): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("cols", String(cols));
  url.searchParams.set("rows", String(rows));
  return url.href;
}

function counter(send: (bytes: number) => void): (bytes: number) => void {
  let shown = 0;
  return (bytes) => {
    shown += bytes;
    if (shown < ackBytes) return;
    send(shown);
    shown = 0;
  };
}

function endOf(frame: Extract<FromServer, { type: "exit" | "error" }>): End {
  if (frame.type === "error") return { message: frame.message, isGood: false };
  if (frame.signal) return { message: `The program was ended by ${frame.signal}.`, isGood: false };
  return { message: `The program ended with exit status ${frame.code ?? "unknown"}.`, isGood: frame.code === 0 };
}

/** A browser does not say why it was refused a WebSocket; the same address tells who asks plainly. */
async function reasonOf(path: string): Promise<End> {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(explainMs) });
    if (response.status === 401) return { message: "Your session has ended: log in again.", isGood: false };
    const { errors } = (await response.json()) as { errors?: { message: string }[] };
    return errors?.[0] ? { message: errors[0].message, isGood: false } : lost;
  } catch {
    return { message: "CloudHero does not answer.", isGood: false };
  }
}
