import { connect } from "node:net";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { followEvents } from "#lib/gateway/merge/events.ts";
import { pretendCluster, pretendFront } from "./pretended.ts";

/** In bytes; kernels hold some megabytes for each connection. */
const tooMuch = 64 * 1024 * 1024;

test("a client of events that does not read stops the engine, instead of filling our memory", async () => {
  let told = 0;
  function* events() {
    for (let nanos = 1_800_000_000_000_000_000n; told < tooMuch; nanos += 1n) {
      const line = `{"Type":"container","text":"${"x".repeat(4_000)}","timeNano":${nanos}}\n`;
      told += line.length;
      yield line;
    }
  }
  const { cluster, stop } = await pretendCluster({
    alpha({ url }, response) {
      if (url === "/_ping") return void response.end("OK");
      Readable.from(events()).pipe(response);
    },
  });
  const front = await pretendFront(cluster, followEvents);
  const client = connect(front.port, "127.0.0.1").pause();
  client.write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  let before = 0;
  const isStill = () => {
    const still = told > 0 && told === before;
    before = told;
    return still;
  };
  await expect.poll(isStill, { timeout: 15_000, interval: 500 }).toBe(true);
  expect(told).toBeLessThan(tooMuch);
  client.destroy();
  front.stop();
  stop();
});
