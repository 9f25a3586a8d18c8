import { once } from "node:events";
import { request } from "node:http";
import type { Socket } from "node:net";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { takeBody } from "#lib/gateway/take-body.ts";
import { tunnel } from "#lib/gateway/tunnel.ts";
import { pretendCluster, pretendFront } from "./pretended.ts";

test("a client that goes in the moment of the answer takes the engine's end along", async () => {
  const { cluster, servers, stop } = await pretendCluster({ alpha: () => {} });
  const engines: Socket[] = [];
  servers[0]!.on("upgrade", (_, socket) => {
    engines.push(socket.on("error", () => {}) as Socket);
    socket.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
  });
  const front = await pretendFront(cluster, (call) => tunnel(call, call.cluster.engines[0]!));
  const headers = { connection: "Upgrade", upgrade: "tcp" };
  const sent = request({ host: "127.0.0.1", port: front.port, method: "POST", path: "/containers/a/attach", headers });
  sent.end();
  const [, socket] = (await once(sent, "upgrade")) as [unknown, Socket];
  socket.resetAndDestroy();
  await expect.poll(() => engines.map(({ destroyed }) => destroyed), { timeout: 2_000 }).toEqual([true]);
  front.stop();
  stop();
});

test.each([
  ["whole", ["5\r\nhello\r\n4;ext=1\r\n you\r\n0\r\n\r\nstdin"]],
  ["byte by byte", [..."5\r\nhello\r\n4\r\n you\r\n0\r\nTrailer: a\r\n\r\n", "stdin"]],
])("a body in chunks that comes %s is the request's, and what follows it is the stream's", async (_, pieces) => {
  const socket = new PassThrough();
  const headers = { "transfer-encoding": "chunked" };
  const taking = takeBody({ headers } as never, socket, Buffer.from(pieces[0]!));
  for (const piece of pieces.slice(1)) {
    socket.write(piece);
    await sleep(1);
  }
  const [body, rest] = await taking;
  expect(body.toString()).toBe("hello you");
  expect(`${rest}${socket.read() ?? ""}`).toBe("stdin");
});

test("a body that is too long, or that ends in the middle, is refused", async () => {
  const take = (headers: Record<string, string>, text: string) =>
    takeBody({ headers } as never, new PassThrough().end(), Buffer.from(text));
  await expect(take({ "content-length": "5" }, "four")).rejects.toThrow("unexpected end");
  await expect(take({ "content-length": String(2 ** 21) }, "")).rejects.toThrow("1 MiB");
  await expect(take({ "transfer-encoding": "chunked" }, "ffffff\r\n")).rejects.toThrow("1 MiB");
  await expect(take({ "transfer-encoding": "chunked" }, "hello\r\n")).rejects.toThrow("not chunked");
  await expect(take({ "transfer-encoding": "chunked" }, "5\r\nhel")).rejects.toThrow("unexpected end");
});
