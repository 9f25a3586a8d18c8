import { AppError, type ErrorCode, type Problem } from "#lib/errors.ts";

export const statusOf: Record<ErrorCode, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  cloud_refused: 502,
  unavailable: 503,
};

const bodyLimitBytes = 1024 * 1024;

/** A verb's result with headers of its own. */
export class Answer<T> {
  readonly body: T;
  readonly headers: Record<string, string>;
  constructor(body: T, headers: Record<string, string>) {
    this.body = body;
    this.headers = headers;
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers },
  });
}

/** A file for the asker alone. */
export function download(name: string, type: string, content: Buffer): Response {
  const disposition = `attachment; filename="${name}"`;
  const headers = { "content-type": type, "content-disposition": disposition, "cache-control": "no-store" };
  return new Response(new Uint8Array(content), { headers });
}

/** Plain text for the asker alone. */
export const plain = (text: string): Response =>
  new Response(text, { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });

/** The same, piece by piece as the asker takes it. */
export function plainStream(pieces: AsyncIterator<string>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => void pieces.return?.(),
  });
  return new Response(body, { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
}

/** The one error body; in a one-element array where the contract says so. */
export function errorResponse(error: AppError, inArray = false): Response {
  const body = { errors: error.problems satisfies Problem[], success: false };
  const headers: Record<string, string> = {};
  if (error.retryAfterSeconds) headers["retry-after"] = String(error.retryAfterSeconds);
  if (error.code === "unauthenticated") headers["www-authenticate"] = "Bearer";
  if (error.code === "method_not_allowed") headers.allow = "POST";
  return json(statusOf[error.code], inArray ? [body] : body, headers);
}

/** The body as text, refused past 1 MiB whatever its Content-Length says. */
export async function readBody(request: Request): Promise<string> {
  const tooLarge = new AppError("too_large", "The body may have 1 MiB at the most.");
  if (Number(request.headers.get("content-length") ?? 0) > bodyLimitBytes) throw tooLarge;
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bodyLimitBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The body's JSON; undefined where there is none. Throws "unsupported_media_type" or "malformed". */
export function parseJson(request: Request, text: string): unknown {
  if (text === "") return undefined;
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && !type?.endsWith("+json"))
    throw new AppError("unsupported_media_type", "Send JSON, with Content-Type: application/json.");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("malformed", `The body is not JSON: ${(cause as Error).message}.`, { cause });
  }
}
