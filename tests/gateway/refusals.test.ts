import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import { Refusal, refuseUpgrade } from "#lib/gateway/refusal.ts";
import { responseOn } from "#lib/gateway/response-on.ts";
import { refuse } from "#lib/terminal/refuse.ts";

test.each(["a Docker client", "an answer on its connection", "a terminal"])(
  "%s that is refused gets the words, and its connection goes with it, though it had more to say",
  async (who) => {
    const server = createServer().on("upgrade", (request, socket) => {
      if (who === "a terminal") return void refuse(socket, new AppError("forbidden", "no"));
      if (who === "a Docker client") return refuseUpgrade(socket, new Refusal(403, "no"));
      responseOn(request, socket).writeHead(403).end('{"message":"no"}');
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const socket = connect({ port: (server.address() as AddressInfo).port, host: "127.0.0.1", allowHalfOpen: true });
    socket.write("POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 4\r\n\r\n");
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    const ended = once(socket, "end");
    await sleep(20);
    socket.write("late");
    await ended;
    expect(heard).toMatch(/^HTTP\/1.1 403 .*"message":"no/s);
    socket.end();
    const open = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
    await expect.poll(open, { timeout: 2_000 }).toBe(0);
    server.close();
  },
);
