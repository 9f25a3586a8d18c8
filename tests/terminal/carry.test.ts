import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Duplex, PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { carry, type Patience } from "#lib/terminal/carry.ts";
import type { FromServer } from "#lib/terminal/frames.ts";

const calm: Patience = { idleMs: 60_000, warnMs: 1_000, pingMs: 60_000 };
let server: WebSocketServer;
let client: WebSocket;
let ours: WebSocket;
let told: FromServer[];

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  told = [];
  client.on("message", (data, isBinary) => isBinary || told.push(JSON.parse(data.toString())));
  [[ours]] = (await Promise.all([once(server, "connection"), once(client, "open")])) as unknown as [[WebSocket]];
});
afterEach(() => {
  client.terminate();
  server.close();
});

/** A program that never ends by itself; `typed` is what reached it. */
function program() {
  const typed = new PassThrough();
  const printed = new PassThrough();
  let closed = false;
  const close = () => {
    closed = true;
  };
  const stream = Duplex.from({ readable: printed, writable: typed });
  const pty = { stream, resize: () => {}, ended: new Promise<never>(() => {}), close };
  return { pty, typed, printed, isClosed: () => closed };
}

test("a terminal in which nobody types is warned, and closed; printing does not keep it open", async () => {
  const { pty, printed, isClosed } = program();
  const printing = setInterval(() => printed.write("still printing\n"), 20);
  const carried = carry(ours, pty, new AbortController().signal, { idleMs: 400, warnMs: 200, pingMs: 60_000 });
  await expect(carried).rejects.toMatchObject({ message: expect.stringMatching(/Nothing was typed/) });
  clearInterval(printing);
  expect(told).toMatchObject([{ type: "notice", message: expect.stringMatching(/unless a key is pressed/) }]);
  expect(isClosed()).toBe(true);
});

test("a key keeps it open", async () => {
  const { pty, typed } = program();
  const left = new AbortController();
  const begun = Date.now();
  const carried = carry(ours, pty, left.signal, { idleMs: 600, warnMs: 100, pingMs: 60_000 });
  const typing = setInterval(() => client.send(Buffer.from("k")), 50);
  setTimeout(() => left.abort(new Error("enough")), 1_500);
  await expect(carried).rejects.toThrow("enough");
  clearInterval(typing);
  expect(Date.now() - begun).toBeGreaterThan(1_400);
  expect(typed.read().toString()).toMatch(/^k{5,}$/);
});

test("a client that has vanished without a word is noticed, and the program with it ended", async () => {
  const { pty, isClosed } = program();
  // A machine that was cut off answers no ping.
  client.pause();
  expect(await carry(ours, pty, new AbortController().signal, { ...calm, pingMs: 100 })).toBe("left");
  expect(isClosed()).toBe(true);
});

test("a program that does not read makes the client wait, and nothing is lost", async () => {
  const { pty, typed } = program();
  const carried = carry(ours, pty, new AbortController().signal, calm);
  const sent = Buffer.alloc(32 * 1024, "x");
  for (let count = 0; count < 64; count += 1) client.send(sent);
  await expect.poll(() => ours.isPaused).toBe(true);
  expect(typed.readableLength).toBeLessThan(256 * 1024);
  let got = 0;
  typed.on("data", (chunk: Buffer) => {
    got += chunk.length;
  });
  await expect.poll(() => got).toBe(64 * sent.length);
  client.close();
  expect(await carried).toBe("left");
});
