import { once } from "node:events";
import { get, type IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";
import { forward } from "#lib/gateway/forward.ts";
import { pretendCluster, pretendFront } from "./pretended.ts";

test("no node learns what says who somebody is to us: session, token, a proxy's password", async () => {
  let heard: IncomingHttpHeaders = {};
  const { cluster, stop } = await pretendCluster({
    alpha({ headers }, response) {
      heard = headers;
      response.end();
    },
  });
  const front = await pretendFront(cluster, (call) => forward(call, call.cluster.engines[0]!));
  const secrets = ["Cookie", "Authorization", "Authentication-Token", "Proxy-Authorization"];
  const headers = {
    ...Object.fromEntries(secrets.map((name) => [name, "hunter2"])),
    "X-Registry-Auth": "the registry's",
  };
  const sent = get({ host: "127.0.0.1", port: front.port, path: "/containers/web/logs", headers });
  await once(sent, "response");
  front.stop();
  stop();
  expect(JSON.stringify(heard)).not.toContain("hunter2");
  expect(heard["x-registry-auth"]).toBe("the registry's");
});
