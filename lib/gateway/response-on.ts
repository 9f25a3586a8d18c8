import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { endSocket } from "#lib/end-socket.ts";

/** An ordinary answer to a request that asked to leave HTTP; the connection ends with it, for what follows was meant for a stream. */
export function responseOn(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  response.once("finish", () => {
    response.detachSocket(socket as Socket);
    endSocket(socket);
  });
  return response;
}
