import { once } from "node:events";
import { type IncomingMessage, type RequestListener, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { toLowest } from "#lib/gateway/handlers/lowest.ts";
import { pretendCluster, pretendFront } from "./pretended.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** An engine of this API version, until `silent` says that it answers nothing any more. */
const engineThat = (name: string, version: string, silent: Set<string>): RequestListener => {
  return (_, response) => {
    if (silent.has(name)) return;
    response.setHeader("api-version", version);
    response.end(name);
  };
};

async function make(versions: Record<string, string>) {
  const silent = new Set<string>();
  const answers = Object.entries(versions).map(([name, version]) => [name, engineThat(name, version, silent)] as const);
  const { cluster, stop } = await pretendCluster(Object.fromEntries(answers));
  const front = await pretendFront(cluster, toLowest);
  stops.push(stop, front.stop);
  const ping = async (method = "GET") => {
    const sent = request({ host: "127.0.0.1", port: front.port, method, path: "/_ping" }).end();
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    return [answer.statusCode, answer.headers["api-version"], await text(answer)];
  };
  return { silent, ping };
}

test("a client hears of the oldest API: what that node speaks, all speak", async () => {
  const { ping } = await make({ alpha: "1.44", beta: "1.9", gamma: "1.41" });
  expect(await ping()).toEqual([200, "1.9", "beta"]);
  expect(await ping("HEAD")).toEqual([200, "1.9", ""]);
});

test("a client's first question does not wait for a node that has just fallen silent, nor fails for it", async () => {
  const { ping, silent } = await make({ alpha: "1.40", beta: "1.41", gamma: "1.41" });
  expect(await ping()).toEqual([200, "1.40", "alpha"]);
  silent.add("alpha");
  const begun = Date.now();
  expect(await ping("HEAD")).toEqual([200, "1.41", ""]);
  expect(Date.now() - begun).toBeLessThan(7_000);
  expect(await ping()).toEqual([200, "1.41", "beta"]);
});

test("where nobody answers, the nodes are named", async () => {
  const { ping, silent } = await make({ alpha: "1.41", beta: "1.41" });
  for (const name of ["alpha", "beta"]) silent.add(name);
  expect(await ping()).toEqual([503, undefined, expect.stringMatching(/alpha.*beta/)]);
});
