import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Refusal } from "./refusal.ts";

const limitBytes = 1024 * 1024;
/** With what chunks are framed in: a byte alone may come in a chunk of its own. */
const framedBytes = 8 * limitBytes;

/**
 * The body of a request that leaves HTTP, which Node leaves on the connection, and what came after it. `head`: what was read
 * with the headers. Throws Refusal 400 past 1 MiB, and where the client ends in the middle.
 */
export async function takeBody({ headers }: IncomingMessage, socket: Duplex, head: Buffer): Promise<[Buffer, Buffer]> {
  const isChunked = /\bchunked\b/i.test(headers["transfer-encoding"] ?? "");
  const length = Number(headers["content-length"] ?? 0);
  if (!isChunked && length > limitBytes) throw tooLong();
  const whole = (taken: Buffer): [Buffer, Buffer] | null => {
    if (isChunked) return unchunked(taken);
    return taken.length < length ? null : [taken.subarray(0, length), taken.subarray(length)];
  };
  let taken = head;
  for (;;) {
    const found = whole(taken);
    if (found) return found;
    if (taken.length > framedBytes) throw tooLong();
    const chunk: Buffer | null = socket.read() ?? (await readable(socket));
    if (!chunk) throw new Refusal(400, "unexpected end of the request's body");
    taken = Buffer.concat([taken, chunk]);
  }
}

const tooLong = () => new Refusal(400, "the body of a request that leaves HTTP may have 1 MiB");

/** A chunked body (RFC 9112, 7.1) and what follows it; null while its end is missing. Throws Refusal 400. */
function unchunked(taken: Buffer): [Buffer, Buffer] | null {
  const chunks: Buffer[] = [];
  let size = 0;
  for (let at = 0; ; ) {
    const lineEnd = taken.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const [digits = ""] = taken.subarray(at, lineEnd).toString("latin1").split(";");
    if (!/^[0-9a-f]{1,8}\s*$/i.test(digits)) throw new Refusal(400, "the request's body is not chunked as it says");
    const length = Number.parseInt(digits, 16);
    const from = lineEnd + 2;
    if (length === 0) return afterTrailers(Buffer.concat(chunks), taken, from);
    size += length;
    if (size > limitBytes) throw tooLong();
    if (taken.length < from + length + 2) return null;
    chunks.push(taken.subarray(from, from + length));
    at = from + length + 2;
  }
}

function afterTrailers(body: Buffer, taken: Buffer, from: number): [Buffer, Buffer] | null {
  for (let at = from; ; ) {
    const lineEnd = taken.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    if (lineEnd === at) return [body, taken.subarray(at + 2)];
    at = lineEnd + 2;
  }
}

function readable(socket: Duplex): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const settle = () => {
      socket.off("readable", settle).off("end", settle).off("close", settle);
      resolve(socket.read());
    };
    socket.once("readable", settle).once("end", settle).once("close", settle);
  });
}
