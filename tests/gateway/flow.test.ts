import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { flow } from "#lib/gateway/flow.ts";

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** What a client of `answer` reads from, byte for byte. */
async function asked(answer: (response: ServerResponse) => void): Promise<Socket> {
  server = createServer((_, response) => answer(response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n");
  return socket;
}

const line = Buffer.from(`${"x".repeat(63)}\n`);

test("lines that come together go out together, whole and in their order", async () => {
  const lines = Array.from({ length: 400 }, (_, index) => Buffer.from(`${index}\n`));
  const source = new Readable({ read() {} });
  const socket = await asked((response) => {
    flow(source, response);
    for (const one of lines) source.push(one);
    source.push(null);
  });
  const [, body] = (await buffer(socket)).toString().split(/\r\n\r\n(.*)/s);
  const chunks = body!.split(/(?:^|\r\n)[0-9a-f]+\r\n/);
  expect(chunks.join("").trimEnd()).toBe(Buffer.concat(lines).toString().trimEnd());
  expect(chunks.length).toBeLessThan(10);
});

test("an answer ends after all of it, whatever was still held", async () => {
  server = createServer((_, response) => {
    flow(Readable.from([line, line]), response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}`);
  expect(await answer.text()).toBe(`${line}${line}`);
});

test("a line that comes alone goes out at once", async () => {
  const source = new Readable({ read() {} });
  const socket = await asked((response) => flow(source, response));
  const came = () => once(socket, "data", { signal: AbortSignal.timeout(1_000) });
  await once(server, "request");
  for (let round = 0; round < 3; round += 1) {
    const next = came();
    source.push(line);
    expect(String(await next)).toContain(line.toString());
  }
});

test("a client that does not read stops the engine: little waits in between", async () => {
  let taken = 0;
  const source = new Readable({
    read() {
      taken += line.length;
      this.push(line);
    },
  });
  const socket = await asked((response) => flow(source, response));
  socket.pause();
  await sleep(500);
  const before = taken;
  await sleep(200);
  expect(taken).toBe(before);
  expect(taken).toBeLessThan(16 * 2 ** 20);
});

test("a client that leaves leaves nobody behind who reads", async () => {
  let taken = 0;
  const source = new Readable({
    read() {
      taken += 1;
      setImmediate(() => this.push(line));
    },
  });
  const socket = await asked((response) => flow(source, response));
  await once(socket, "data");
  socket.destroy();
  await sleep(200);
  const before = taken;
  await sleep(200);
  expect(taken).toBe(before);
});
