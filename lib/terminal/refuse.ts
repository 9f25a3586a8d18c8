import type { Duplex } from "node:stream";
import { errorResponse, statusOf } from "#lib/api/http.ts";
import { SshError } from "#lib/bootstrap/ssh/error.ts";
import { isOutage } from "#lib/db/outage.ts";
import { endSocket } from "#lib/end-socket.ts";
import { AppError, type ErrorCode, messageOf } from "#lib/errors.ts";
import { Refusal } from "#lib/gateway/refusal.ts";
import { log } from "#lib/log.ts";

/** Any error as one that is meant for the person who asked; what is ours alone is logged. */
export function told(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Refusal) return new AppError(codeOf(error.status), sentence(error.message), { cause: error });
  if (error instanceof SshError) return new AppError("cloud_refused", sentence(error.message), { cause: error });
  if (isOutage(error)) return new AppError("unavailable", "The database does not answer; try again.");
  log.error({ err: error }, messageOf(error));
  return new AppError("internal", "Something went wrong on our side; the log has it.");
}

const codeOf = (status: number): ErrorCode =>
  (Object.entries(statusOf) as [ErrorCode, number][]).find(([, one]) => one === status)?.[0] ?? "cloud_refused";

const sentence = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

/** Answers a request for a WebSocket as the API answers errors; the connection ends with it. */
export async function refuse(socket: Duplex, error: AppError): Promise<void> {
  const response = errorResponse(error);
  const text = await response.text();
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${response.status} ${error.code}`, ...headers, `content-length: ${Buffer.byteLength(text)}`];
  endSocket(socket, `${[...head, "connection: close"].join("\r\n")}\r\n\r\n${text}`);
}

/** The code that a WebSocket is closed with: 4000 and the HTTP status. */
export const closeCode = ({ code }: AppError) => 4000 + statusOf[code];
