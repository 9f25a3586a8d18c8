import { spawn } from "node:child_process";
import { once } from "node:events";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import { addressOf, type Client } from "./client.ts";

export type Small = { perSecond: number; p50Ms: number; p99Ms: number };

/**
 * Sends GET requests over kept connections, one after the other on each; throws where an answer is no success. It does as
 * little as it can of what a client does, for it shares the processor with what it measures.
 */
export async function smallRequests(client: Client, path: string, requests: number, atOnce: number): Promise<Small> {
  const asked = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: docker\r\n\r\n`);
  const sockets = await Promise.all(Array.from({ length: atOnce }, () => opened(client)));
  const times: number[] = [];
  const begun = performance.now();
  const one = async (socket: TLSSocket) => {
    for (let left = Math.ceil(requests / atOnce); left > 0; left -= 1) {
      const sent = performance.now();
      await asks(socket, asked);
      times.push(performance.now() - sent);
    }
    socket.destroy();
  };
  await Promise.all(sockets.map(one));
  const seconds = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(times.length * part)]!;
  return { perSecond: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function opened({ tls: { host, port, ca, cert, key } }: Client): Promise<TLSSocket> {
  const socket = connect({ host, port, ca, cert, key, noDelay: true } as ConnectionOptions);
  await once(socket, "secureConnect", { signal: AbortSignal.timeout(60_000) });
  return socket;
}

/** Resolves when the whole answer is there: its length is told, or it comes in chunks. */
function asks(socket: TLSSocket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let whole = "";
    const settle = (error?: Error) => {
      socket.removeAllListeners("data").off("error", settle).off("close", gone);
      if (error) reject(error);
      else resolve();
    };
    const gone = () => settle(new Error("the connection was closed"));
    socket.on("data", (chunk: Buffer) => {
      whole += chunk.toString("latin1");
      if (!isWhole(whole)) return;
      settle(whole.startsWith("HTTP/1.1 200") ? undefined : new Error(whole.slice(0, 200)));
    });
    socket.once("error", settle).once("close", gone);
    socket.write(request);
  });
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const length = answer.slice(0, head).match(/content-length: (\d+)/i);
  return length ? answer.length >= head + 4 + Number(length[1]) : answer.endsWith("\r\n0\r\n\r\n");
}

/** Runs a docker command whose output is `bytes` or somewhat more; answers MiB per second. Throws where less came. */
export async function throughput(client: Client, words: string[], bytes: number): Promise<number> {
  const begun = performance.now();
  const child = spawn("docker", [...addressOf(client), ...words], { stdio: ["ignore", "pipe", "inherit"] });
  let came = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    came += chunk.length;
  });
  const [code] = await once(child, "close", { signal: AbortSignal.timeout(600_000) });
  if (code !== 0 || came < bytes) throw new Error(`docker ${words[0]}: exit status ${code}, ${came} bytes of ${bytes}`);
  return came / 2 ** 20 / ((performance.now() - begun) / 1000);
}

/**
 * Attaches `each` streams to every one of the containers, which have not begun, starts these, and reads all streams to
 * their end: MiB per second over all of them. Throws where one ends with less than `bytes`.
 */
export async function attachedStreams(client: Client, ids: string[], each: number, bytes: number): Promise<number> {
  const streams = await Promise.all(ids.flatMap((id) => Array.from({ length: each }, () => attach(client, id))));
  const begun = performance.now();
  for (const id of ids) await client.json("POST", `/containers/${id}/start`);
  const came = await Promise.all(streams.map(({ ended }) => ended));
  const short = came.filter((size) => size < bytes);
  if (short.length > 0)
    throw new Error(`${short.length} of ${came.length} streams ended early: ${short[0]} of ${bytes}`);
  return came.reduce((sum, size) => sum + size, 0) / 2 ** 20 / ((performance.now() - begun) / 1000);
}

async function attach(client: Client, id: string) {
  const socket = await opened(client);
  const head = ["Host: docker", "Connection: Upgrade", "Upgrade: tcp", "Content-Length: 0"].join("\r\n");
  socket.write(`POST /containers/${id}/attach?stream=1&stdout=1 HTTP/1.1\r\n${head}\r\n\r\n`);
  const [answer] = (await once(socket, "data", { signal: AbortSignal.timeout(60_000) })) as [Buffer];
  if (!answer.toString().startsWith("HTTP/1.1 101")) throw new Error(`attach: ${answer}`);
  return { ended: countedTo(socket) };
}

function countedTo(socket: TLSSocket): Promise<number> {
  let came = 0;
  socket.on("data", (chunk: Buffer) => {
    came += chunk.length;
  });
  return new Promise((resolve, reject) => {
    socket.once("end", () => resolve(came)).once("error", reject);
  });
}
