import type { RequestListener } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { askAll } from "#lib/gateway/ask-all.ts";
import { pretendCluster } from "./pretended.ts";

const stops: (() => void)[] = [];
afterAll(() => {
  for (const stop of stops) stop();
});

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

const prompt: RequestListener = (_, response) => void response.end("{}");

async function list(answers: Record<string, RequestListener>, asked: Partial<Parameters<typeof askAll>[1]> = {}) {
  const pretended = await pretendCluster(answers);
  stops.push(pretended.stop);
  const begun = performance.now();
  const { signal } = new AbortController();
  const all = await askAll({ cluster: pretended.cluster, signal }, { path: "/containers/json", ...asked });
  return {
    heard: all.answers.map(({ engine }) => engine.name),
    missing: all.missing,
    tookMs: performance.now() - begun,
  };
}

test.concurrent("a dead node is not waited for a second time because the living one is busy", async () => {
  const { heard, missing, tookMs } = await list({ alpha: busyFor(200), beta: dead });
  expect({ heard, missing }).toEqual({ heard: ["alpha"], missing: ["beta"] });
  // The first patience, the busy node's own time, and no more.
  expect(tookMs).toBeLessThan(4_000);
});

test.concurrent("where all are only busy, the answer is whole", async () => {
  const { heard, missing } = await list({ alpha: busyFor(200), beta: busyFor(1_500) });
  expect({ heard, missing }).toEqual({ heard: ["alpha", "beta"], missing: [] });
});

test.concurrent("what may take a minute to measure takes three seconds for a dead node", async () => {
  const { heard, missing, tookMs } = await list({ alpha: prompt, beta: dead }, { timeoutMs: 60_000 });
  expect({ heard, missing }).toEqual({ heard: ["alpha"], missing: ["beta"] });
  expect(tookMs).toBeLessThan(3_500);
});

test.concurrent("what may take minutes to remove is given up by a node that falls silent, not by one that is at it", async () => {
  const slow: RequestListener = async (request, response) => {
    if (request.url !== "/_ping") await sleep(12_000);
    response.end("{}");
  };
  const { heard, missing, tookMs } = await list({ alpha: slow, beta: dead }, { method: "POST", timeoutMs: 600_000 });
  expect({ heard, missing }).toEqual({ heard: ["alpha"], missing: ["beta"] });
  expect(tookMs).toBeLessThan(14_000);
});
