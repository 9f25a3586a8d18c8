import type { ClientRequest } from "node:http";
import type { Engine } from "./cluster.ts";

/**
 * Whether a request that changes nothing found the connection that it was to use again dead, as one is after a node's
 * outage that nobody noticed: it may be sent once more, on a new one. Asked before any answer has come.
 */
export const foundItDead = (sent: ClientRequest, { code }: NodeJS.ErrnoException): boolean =>
  sent.reusedSocket && ["GET", "HEAD"].includes(sent.method) && (code === "ECONNRESET" || code === "EPIPE");

/** Connections that wait for use may be dead without knowing it: none is used again. */
export function closeIdle({ agent }: Engine): void {
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}
