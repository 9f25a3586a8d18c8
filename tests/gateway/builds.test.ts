import { once } from "node:events";
import { type RequestListener, request } from "node:http";
import { afterEach, expect, test } from "vitest";
import { toBuilder } from "#lib/gateway/handlers/builds.ts";
import { answersPing } from "#lib/gateway/health.ts";
import { pretendCluster, pretendFront } from "./pretended.ts";

const asked: string[] = [];
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** An engine whose sessions stay open; `pings`: whether it answers that. */
const engineThat =
  (name: string, pings: boolean): RequestListener =>
  (incoming, response) => {
    if (incoming.url === "/_ping") return pings ? void response.end("OK") : undefined;
    asked.push(`${name} ${incoming.url}`);
    response.writeHead(200).flushHeaders();
    if (incoming.url !== "/session") response.end();
  };

test("a build goes where its session is, though that node be thought silent for a moment; the next one does not", async () => {
  const { cluster, stop } = await pretendCluster({ alpha: engineThat("alpha", false), beta: engineThat("beta", true) });
  const front = await pretendFront(cluster, toBuilder);
  stops.push(stop, front.stop);
  const post = async (path: string) => {
    const sent = request({ host: "127.0.0.1", port: front.port, path, method: "POST", agent: false }).end();
    await once(sent, "response");
    return sent;
  };
  const session = await post("/session");
  expect(await answersPing(cluster.engines[0]!)).toBe(false);
  await post("/build");
  session.destroy();
  await expect.poll(async () => (await post("/build"), asked.at(-1)), { timeout: 5_000 }).toBe("beta /build");
  expect(asked.slice(0, 2)).toEqual(["alpha /session", "alpha /build"]);
});
