import { once } from "node:events";
import { createServer as createPlain, type IncomingMessage, type RequestListener } from "node:http";
import { Agent, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { issueServer, newAuthority } from "#lib/cluster/certificates.ts";
import type { Call } from "#lib/gateway/call.ts";
import type { Cluster, Engine } from "#lib/gateway/cluster.ts";

/** A cluster of engines that do what a real one cannot be made to: answer late, or never; by name. */
export async function pretendCluster(answers: Record<string, RequestListener>) {
  const { certificate, privateKey } = await issueServer(await newAuthority("test", 1), { dns: ["web"], ip: [] }, 1);
  const agents: Agent[] = [];
  const servers = Object.values(answers).map((answer) => createServer({ cert: certificate, key: privateKey }, answer));
  const engines: Engine[] = [];
  for (const [index, name] of Object.keys(answers).entries()) {
    const server = servers[index]!.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
    agents.push(agent);
    const at = { host: "127.0.0.1", port, address: "127.0.0.1" };
    engines.push({ id: crypto.randomUUID(), name, ...at, labels: {}, leaving: false, agent });
  }
  const cluster: Cluster = {
    environmentId: crypto.randomUUID(),
    organisationId: "o1",
    name: "swarm",
    engines,
    away: [],
    unborn: [],
  };
  return {
    cluster,
    stop() {
      for (const agent of agents) agent.destroy();
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** A server whose clients' requests are `handler`'s calls on this cluster; answers its port. */
export async function pretendFront(cluster: Cluster, handler: (call: Call) => Promise<unknown>) {
  const front = createPlain((request: IncomingMessage, response) => {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const { pathname: path, searchParams: query } = new URL(request.url!, "http://localhost");
    const { method } = request;
    const call = { request, response, method, path, version: "", query, params: {}, cluster, signal: gone.signal };
    handler(call as unknown as Call).catch((error) =>
      response.headersSent ? response.destroy() : response.writeHead(error.status ?? 500).end(error.message),
    );
  }).listen(0, "127.0.0.1");
  await once(front, "listening");
  return {
    port: (front.address() as AddressInfo).port,
    stop() {
      front.closeAllConnections();
      front.close();
    },
  };
}
