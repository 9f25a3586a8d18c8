import type { AddressInfo } from "node:net";
import { loadConfig } from "#lib/config.ts";
import { db } from "#lib/db/client.ts";
import { dockerEndpoint } from "#lib/gateway/listener.ts";
import { type Account, seedMember } from "#tests/support/account.ts";
import { startTestServer } from "#tests/support/server.ts";
import { makeCluster } from "./cluster.ts";

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

/** Three engines as a cluster behind our endpoint, and one engine beside them that is nobody's: each with a client. */
export async function startGateway(subnet: string, names = ["alpha", "beta", "gamma"]) {
  process.env.CLOUDHERO_DOCKER_PORT = "0";
  const server = await startTestServer();
  const made = await makeCluster(subnet, names);
  const { owner, place, id, engines, direct } = made;
  const endpoint = await dockerEndpoint(db, loadConfig(process.env));
  await new Promise<void>((resolve) => endpoint.server.listen(0, "127.0.0.1", resolve));
  const { port } = endpoint.server.address() as AddressInfo;
  process.env.CLOUDHERO_DOCKER_PORT = String(port);
  const clientFor = (account: Account, environment = id) => made.clientFor(port, account, environment);
  return {
    server,
    owner,
    place,
    id,
    port,
    engines,
    plain: await direct("plain"),
    cluster: await clientFor(owner),
    clientFor,
    direct,
    member: (role: Parameters<typeof seedMember>[1]) => seedMember(owner.ctx.organisation, role),
    async close() {
      await endpoint.stop();
      await made.stop();
      await server.close();
    },
  };
}
