import type { Agent } from "node:https";
import { isIPv6 } from "node:net";
import type { TLSSocket } from "node:tls";
import { type buildConnector, Pool } from "undici";
import type { Engine } from "./cluster.ts";

const connectMs = 10_000;
const idleMs = 15_000;

type Kept = { address: string; pool: Pool };
const pools = new WeakMap<Agent, Kept>();

/** Connections to a node's engine for small requests, one at a time on each; what lasts has those of the agent. */
export function poolOf({ agent, host, port }: Engine): Pool {
  const address = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const known = pools.get(agent);
  if (known?.address === address) return known.pool;
  void known?.pool.close();
  const connect: buildConnector.connector = (_, done) => open(agent, { host, port }, done);
  const limits = { keepAliveTimeout: idleMs, keepAliveMaxTimeout: idleMs, headersTimeout: 0, bodyTimeout: 0 };
  const pool = new Pool(address, { connect, allowH2: false, clientTtl: idleMs, ...limits });
  pools.set(agent, { address, pool });
  return pool;
}

/** By the agent, which knows the certificates and where it may go. */
function open(agent: Agent, to: { host: string; port: number }, done: buildConnector.Callback): void {
  const refuse = (error: Error | null) => error && done(error, null);
  const socket = agent.createConnection({ ...agent.options, ...to }, refuse) as TLSSocket | undefined;
  if (!socket) return;
  const late = setTimeout(() => socket.destroy(new Error(`no connection within ${connectMs} ms`)), connectMs);
  const fail = (error: Error) => {
    clearTimeout(late);
    done(error, null);
  };
  socket.once("error", fail).once("secureConnect", () => {
    clearTimeout(late);
    socket.off("error", fail);
    done(null, socket);
  });
}

/** Connections that wait for use may be dead without knowing it: none is used again. */
export function closeIdle({ agent }: Engine): void {
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  const known = pools.get(agent);
  pools.delete(agent);
  void known?.pool.close();
}

const deaths = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/**
 * Whether a request that changes nothing found the connection that it was to use again dead, as one is after a node's
 * outage that nobody noticed: it may be sent once more, on a new one. Asked before any answer has come.
 */
export const foundItDead = (method: string, { code }: NodeJS.ErrnoException): boolean =>
  ["GET", "HEAD"].includes(method) && deaths.has(code ?? "");
