import type { Call } from "./call.ts";
import { Refusal } from "./refusal.ts";

const limitBytes = 4 * 1024 * 1024;

/** A request's small body, whole. Throws Refusal 400 past 4 MiB. */
export async function bodyOf({ request }: Pick<Call, "request">): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > limitBytes) throw new Refusal(400, "the body of this request may have 4 MiB");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** The same as a JSON object; null where it is none, which an engine refuses in its own words. */
export async function jsonBodyOf<T extends object>(
  call: Pick<Call, "request">,
): Promise<{ text: Buffer; json: T | null }> {
  const text = await bodyOf(call);
  try {
    const json: unknown = JSON.parse(text.toString("utf8"));
    return { text, json: typeof json === "object" && json !== null && !Array.isArray(json) ? (json as T) : null };
  } catch {
    return { text, json: null };
  }
}
