import type { Call } from "./call.ts";
import type { Answered } from "./http-client.ts";

type Done = { status: number };

/** Answers with JSON of ours; nodes that could not be asked are named in a header. */
export function answerJson({ response }: Call, body: unknown, { status = 200, missing = [] as string[] } = {}): Done {
  const text = `${JSON.stringify(body)}\n`;
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...warning(missing),
  };
  response!.writeHead(status, headers);
  response!.end(text);
  return { status };
}

/** RFC 7234: 199 is a warning for people. */
export function warning(missing: string[]): Record<string, string> {
  if (missing.length === 0) return {};
  const names = missing.map((name) => name.replace(/[^\x20-\x7e]|["\\]/g, "?")).join(", ");
  return {
    warning: `199 cloudhero "${missing.length === 1 ? "This node does" : "These nodes do"} not answer: ${names}"`,
  };
}

/** The nodes that such a header names. */
export const missingIn = (header: unknown): string[] =>
  String(header ?? "")
    .match(/^199 cloudhero ".* not answer: (.*)"$/)?.[1]
    ?.split(", ") ?? [];

/** What an engine's refusal says, which is {"message": "…"}; null where it is something else. */
export function messageIn(body: Buffer): string | null {
  try {
    const { message } = JSON.parse(body.toString("utf8")) as { message?: unknown };
    return typeof message === "string" && message ? message : null;
  } catch {
    return null;
  }
}

/** Passes one engine's own answer on. */
export function answerAs(
  { response, method }: Call,
  { status, headers, body }: Answered,
  missing: string[] = [],
): Done {
  const { connection: _, "keep-alive": __, "transfer-encoding": ___, "content-length": ____, ...kept } = headers;
  response!.writeHead(status, {
    ...kept,
    ...(status === 204 || status === 304 ? {} : { "content-length": body.length }),
    ...warning(missing),
  });
  response!.end(method === "HEAD" ? undefined : body);
  return { status };
}
