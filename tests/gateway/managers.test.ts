import { once } from "node:events";
import { type IncomingMessage, type RequestListener, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { toManager } from "#lib/gateway/managers.ts";
import { pretendCluster, pretendFront } from "./pretended.ts";

let asked: string[] = [];
const stops: (() => void)[] = [];
afterEach(() => {
  asked = [];
  for (const stop of stops.splice(0)) stop();
});

type Way = "answers" | "dies when asked" | "dies before";

/** A manager, and what becomes of it when something is to be changed. */
const managerThat = (name: string, way: Way): RequestListener => {
  return async (incoming, response) => {
    if (incoming.url === "/info") return void response.end(JSON.stringify({ Swarm: { ControlAvailable: true } }));
    if (way === "dies before") return;
    if (incoming.url === "/_ping") return void response.end("OK");
    asked.push(`${name} ${incoming.method} ${await text(incoming)}`);
    if (way === "answers") return void response.writeHead(201).end("made");
    incoming.socket.destroy();
  };
};

async function make(alpha: Way, method = "POST"): Promise<[number | undefined, string]> {
  const answers = { alpha: managerThat("alpha", alpha), beta: managerThat("beta", "answers") };
  const { cluster, stop } = await pretendCluster(answers);
  const front = await pretendFront(cluster, (call) => toManager(call));
  stops.push(stop, front.stop);
  const sent = request({ host: "127.0.0.1", port: front.port, method, path: "/services/create" });
  sent.end(method === "POST" ? "a service" : undefined);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return [answer.statusCode, await text(answer)];
}

test("a change that a manager may have heard is not asked of another, and the client is told", async () => {
  const [status, words] = await make("dies when asked");
  expect([status, words]).toEqual([502, expect.stringMatching(/alpha .*may have done what was asked/)]);
  expect(asked).toEqual(["alpha POST a service"]);
});

test("a change goes to the next manager where the first is dead before it is asked", async () => {
  expect(await make("dies before")).toEqual([201, "made"]);
  expect(asked).toEqual(["beta POST a service"]);
});

test("a question goes to the next manager, whatever becomes of the first", async () => {
  expect(await make("dies when asked", "GET")).toEqual([201, "made"]);
  expect(asked.at(-1)).toBe("beta GET ");
});
