import type { RequestListener } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { askAll } from "#lib/gateway/ask-all.ts";
import { pretendCluster } from "./pretended.ts";

let stop = () => {};
afterEach(() => stop());

/** An engine that answers pings at once, and what it is asked for the second time after `secondMs`; the first time, too late. */
const busyFor = (secondMs: number): RequestListener => {
  let times = 0;
  return async (request, response) => {
    if (request.url === "/_ping") return void response.end("OK");
    times += 1;
    await sleep(times === 1 ? 4_000 : secondMs);
    response.end("[]");
  };
};
/** It takes connections, and says nothing. */
const dead: RequestListener = () => {};

async function list(answers: Record<string, RequestListener>) {
  const pretended = await pretendCluster(answers);
  stop = pretended.stop;
  const begun = performance.now();
  const { signal } = new AbortController();
  const all = await askAll({ cluster: pretended.cluster, signal }, { path: "/containers/json" });
  return {
    heard: all.answers.map(({ engine }) => engine.name),
    missing: all.missing,
    tookMs: performance.now() - begun,
  };
}

test("a dead node is not waited for a second time because the living one is busy", async () => {
  const { heard, missing, tookMs } = await list({ alpha: busyFor(200), beta: dead });
  expect({ heard, missing }).toEqual({ heard: ["alpha"], missing: ["beta"] });
  // The first patience, the busy node's own time, and no more.
  expect(tookMs).toBeLessThan(4_000);
});

test("where all are only busy, the answer is whole", async () => {
  const { heard, missing } = await list({ alpha: busyFor(200), beta: busyFor(1_500) });
  expect({ heard, missing }).toEqual({ heard: ["alpha", "beta"], missing: [] });
});
