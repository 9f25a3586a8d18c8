import { type EventEmitter, once } from "node:events";
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
    /** In the engines' order. */
    servers,
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
  const callOf = (request: IncomingMessage, closing: EventEmitter, way: Pick<Call, "response" | "upgrade">): Call => {
    const gone = new AbortController();
    closing.once("close", () => gone.abort());
    const { pathname: path, searchParams: query } = new URL(request.url!, "http://localhost");
    const { method = "GET" } = request;
    const nobody = {} as Pick<Call, "db" | "caller">;
    return { ...nobody, request, ...way, method, path, version: "", query, params: {}, cluster, signal: gone.signal };
  };
  const front = createPlain((request, response) => {
    handler(callOf(request, response, { response })).catch((error) =>
      response.headersSent ? response.destroy() : response.writeHead(error.status ?? 500).end(error.message),
    );
  });
  front.on("upgrade", (request, socket, head) => {
    socket.on("error", () => {});
    handler(callOf(request, socket, { upgrade: { socket, head } })).catch(() => socket.destroy());
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  return {
    port: (front.address() as AddressInfo).port,
    stop() {
      front.closeAllConnections();
      front.close();
    },
  };
}
