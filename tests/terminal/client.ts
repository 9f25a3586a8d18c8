import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import type { FromServer } from "#lib/terminal/frames.ts";

export type Terminal = {
  socket: WebSocket;
  frames: FromServer[];
  text(): string;
  bytes(): number;
  type(text: string): void;
  tell(frame: object): void;
  /** Waits until it has printed this. */
  until(pattern: RegExp, timeoutMs?: number): Promise<void>;
  /** The code that it was closed with. */
  closed: Promise<number>;
};
export type Refused = { status: number; body: { errors: { code: string; message: string }[] } };

/** Opens a terminal, or answers how it was refused. */
export async function openTerminal(
  url: string,
  headers: Record<string, string>,
): Promise<{ terminal: Terminal; refused?: undefined } | { terminal?: undefined; refused: Refused }> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), { headers });
  const terminal = listen(socket);
  const refusal = new Promise<Refused>((resolve, reject) => {
    socket.on("unexpected-response", (_, response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => {
        try {
          resolve({ status: response.statusCode!, body: JSON.parse(text) });
        } catch (error) {
          reject(error);
        }
      });
    });
  });
  socket.on("error", () => {});
  const refused = await Promise.race([refusal, once(socket, "open").then(() => undefined)]);
  return refused ? { refused } : { terminal };
}

function listen(socket: WebSocket): Terminal {
  const frames: FromServer[] = [];
  let text = "";
  let bytes = 0;
  socket.on("message", (data: Buffer, isBinary) => {
    if (!isBinary) return frames.push(JSON.parse(data.toString()));
    bytes += data.length;
    text = (text + data.toString("latin1")).slice(-100_000);
  });
  return {
    socket,
    frames,
    text: () => text,
    bytes: () => bytes,
    type: (typed) => socket.send(Buffer.from(typed)),
    tell: (frame) => socket.send(JSON.stringify(frame)),
    async until(pattern, timeoutMs = 15_000) {
      const end = Date.now() + timeoutMs;
      while (!pattern.test(text)) {
        if (Date.now() > end) throw new Error(`${pattern} was not printed, but ${text}, ${JSON.stringify(frames)}`);
        await sleep(20);
      }
    },
    closed: new Promise((resolve) => socket.once("close", resolve)),
  };
}
