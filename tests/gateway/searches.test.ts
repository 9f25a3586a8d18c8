import type { RequestListener } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { engineOfContainer } from "#lib/gateway/locate.ts";
import { pretendCluster } from "./pretended.ts";

let asked: string[] = [];

/** An engine that takes its time, and has every container or none. */
const engineThat =
  (name: string, has: boolean): RequestListener =>
  async (request, response) => {
    asked.push(`${name} ${request.url}`);
    await sleep(50);
    const [, id] = /^\/containers\/(.+)\/json/.exec(request.url!)!;
    response.writeHead(has ? 200 : 404).end(JSON.stringify(has ? { Id: id, Name: `/${id}` } : { message: "none" }));
  };
let pretended: Awaited<ReturnType<typeof pretendCluster>>;

beforeAll(async () => {
  pretended = await pretendCluster({ alpha: engineThat("alpha", false), beta: engineThat("beta", true) });
});
beforeEach(() => {
  asked = [];
});
afterAll(() => pretended.stop());

const seek = (name: string, signal = new AbortController().signal) =>
  engineOfContainer({ cluster: pretended.cluster, signal }, name);

test("two hundred who seek a container at once ask each node once, and one who leaves takes nothing from the others", async () => {
  const id = "a".repeat(64);
  const leaving = new AbortController();
  const left = seek(id, leaving.signal);
  leaving.abort(new Error("gone"));
  const found = await Promise.all(Array.from({ length: 200 }, () => seek(id)));
  await expect(left).rejects.toThrow("gone");
  expect(new Set(found.map(({ name }) => name))).toEqual(new Set(["beta"]));
  expect(asked.toSorted()).toEqual([`alpha /containers/${id}/json`, `beta /containers/${id}/json`]);
});

test("whoever seeks a name asks for themselves: it may have been given since another began to seek", async () => {
  await Promise.all([seek("web"), seek("web")]);
  expect(asked.filter((line) => line.startsWith("alpha"))).toHaveLength(2);
});

test("a beginning that one node has twice means none, though another node has it once", async () => {
  const answers =
    (status: number, body: object): RequestListener =>
    (_, response) =>
      void response.writeHead(status).end(JSON.stringify(body));
  const once = answers(200, { Id: "a1", Name: "/web" });
  const twice = answers(500, { message: "Multiple IDs found with provided prefix: a" });
  const { cluster, stop } = await pretendCluster({ alpha: once, beta: twice });
  const { signal } = new AbortController();
  // It is asked again, and refuses in its own words.
  expect((await engineOfContainer({ cluster, signal }, "a")).name).toBe("beta");
  expect((await engineOfContainer({ cluster, signal }, "web")).name).toBe("alpha");
  stop();
});
