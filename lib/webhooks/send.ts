import type { Readable } from "node:stream";
import axios from "axios";
import { checkedAgents } from "#lib/dial.ts";
import { messageOf } from "#lib/errors.ts";

const timeoutMs = 10_000;
const excerptBytes = 1024;
const excerptCharacters = 300;

/** What came of one try: the status answered, or why there was none; `error` is null where the receiver has taken it. */
export type Sent = { status: number | null; error: string | null; durationMs: number };

const agents = checkedAgents("tenant");

/**
 * Posts `body` to an address that a tenant gave, within 10 s. Only a 2xx counts as taken; a redirect is not followed,
 * for it would lead the signed words elsewhere. Of the answer no more than a short excerpt is kept.
 */
export async function send(url: string, headers: Record<string, string>, body: string): Promise<Sent> {
  const begun = performance.now();
  const ended = (status: number | null, error: string | null): Sent => ({
    ...{ status, error, durationMs: Math.round(performance.now() - begun) },
  });
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await axios.post<Readable>(url, Buffer.from(body), {
      headers: { ...headers, "content-type": "application/json", "user-agent": "CloudHero-Webhooks/1" },
      httpAgent: agents.http,
      httpsAgent: agents.https,
      proxy: false,
      timeout: timeoutMs,
      signal,
      maxRedirects: 0,
      responseType: "stream",
      decompress: false,
      validateStatus: () => true,
    });
    const said = await excerptOf(response.data);
    return ended(response.status, refusalOf(response.status, said));
  } catch (error) {
    return ended(null, signal.aborted ? "It did not answer within 10 s." : `${reasonOf(error)}.`);
  }
}

function refusalOf(status: number, said: string): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `It answered ${status}: redirects are not followed.`;
  return said ? `It answered ${status}: ${said}` : `It answered ${status}.`;
}

/** The beginning of an answer, in characters that can be shown and stored. */
async function excerptOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= excerptBytes) break;
  }
  stream.destroy();
  const text = Buffer.concat(chunks).subarray(0, excerptBytes).toString("utf8");
  return text
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, " ")
    .trim()
    .slice(0, excerptCharacters)
    .toWellFormed();
}

/** What is at an address that may not be dialled is nobody's business. */
const reasonOf = (error: unknown) =>
  messageOf(axios.isAxiosError(error) && error.cause ? error.cause : error).replace(/\.$/, "");
