import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { promisify } from "node:util";
import { addressOf, type Client } from "./client.ts";

const run = promisify(execFile);

export type Small = { perSecond: number; p50Ms: number; p99Ms: number };

/** Sends small requests over kept connections with ApacheBench; throws where one of them failed. */
export async function smallRequests(client: Client, path: string, requests: number, atOnce: number): Promise<Small> {
  const { host, port, cert, key } = client.tls;
  const [pem, percentiles] = [join(client.folder, "ab.pem"), join(client.folder, "ab.csv")];
  writeFileSync(pem, cert + key);
  const words = ["-q", "-k", "-n", `${requests}`, "-c", `${atOnce}`, "-E", pem, "-e", percentiles];
  const { stdout } = await run("ab", [...words, `https://${host}:${port}${path}`], { timeout: 300_000 });
  const number = (name: string) => Number(stdout.match(new RegExp(`${name}:\\s+([\\d.]+)`))?.[1] ?? 0);
  const failed = number("Failed requests") + number("Non-2xx responses");
  if (failed > 0 || number("Complete requests") !== requests) throw new Error(`${failed} requests failed:\n${stdout}`);
  const lines = readFileSync(percentiles, "utf8").split("\n");
  const at = (percent: number) => Number(lines.find((line) => line.startsWith(`${percent},`))!.split(",")[1]);
  return { perSecond: number("Requests per second"), p50Ms: at(50), p99Ms: at(99) };
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

async function attach({ tls: { host, port, ca, cert, key } }: Client, id: string) {
  const socket = connect({ host, port, ca, cert, key });
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
