import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { endSocket } from "#lib/end-socket.ts";

/** An answer that says no, in Docker's own form: a status and {"message": "…"}. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Refusal";
    this.status = status;
  }
}

const words: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

const body = ({ message }: Refusal) => `${JSON.stringify({ message })}\n`;

/** Where headers are gone already, the connection is cut: the client must not take half an answer for a whole one. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = body(refusal);
  response.writeHead(refusal.status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

/** The same on a connection that asked to leave HTTP, which ends with it. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const text = body(refusal);
  const head = [
    `HTTP/1.1 ${refusal.status} ${words[refusal.status] ?? "Error"}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(text)}`,
    "Connection: close",
  ];
  endSocket(socket, `${head.join("\r\n")}\r\n\r\n${text}`);
}
