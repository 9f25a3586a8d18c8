import { once } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { warning } from "../answer.ts";
import { living, silentIn } from "../ask-all.ts";
import type { Call } from "../call.ts";
import { drained } from "../drained.ts";
import { type Begun, begin, failureOf } from "../long-request.ts";

/**
 * Sends a request that brings an image to every node that answers, with the client's body where it has one. The client
 * sees one node's progress, as from one engine; where another fails, the stream ends with its error, and its name.
 */
export async function everywhere(call: Call, headers: string[], body?: IncomingMessage): Promise<{ status: number }> {
  const [first, ...others] = living(call.cluster).map((engine) => begin(call, engine, { headers }));
  const rest = others.map(failureOf);
  const asked = [first!, ...others];
  if (body) void feed(body, asked);
  else for (const { sent } of asked) sent.end();
  const answer = await first!.answer;
  const status = answer.statusCode!;
  const { connection: _, "keep-alive": __, "content-length": ___, "transfer-encoding": ____, ...kept } = answer.headers;
  call.response!.writeHead(status, { ...kept, ...warning(silentIn(call.cluster)) });
  call.response!.flushHeaders();
  try {
    for await (const chunk of answer) if (!call.response!.write(chunk)) await drained(call);
  } catch (error) {
    tell(call, `${first!.engine.name}: ${(error as Error).message}`);
  } finally {
    first!.stop();
  }
  // What one engine refuses (a missing image, bad credentials) is the whole answer.
  if (status === 200)
    for (const failure of (await Promise.all(rest)).filter((one) => one !== null)) tell(call, failure);
  call.response!.end();
  return { status };
}

const tell = ({ response }: Call, message: string) =>
  response!.write(`${JSON.stringify({ errorDetail: { message }, error: message })}\r\n`);

/** The body to all of them at the pace of the slowest; one that has gone is left behind. */
async function feed(body: IncomingMessage, asked: readonly Begun[]): Promise<void> {
  try {
    for await (const chunk of body) await Promise.all(asked.map(({ sent }) => write(sent, chunk)));
    for (const { sent } of asked) sent.end();
  } catch {
    // The client has gone in the middle: what it sent is no image.
    for (const { sent } of asked) sent.destroy();
  }
}

async function write(sent: ClientRequest, chunk: Buffer): Promise<void> {
  if (sent.destroyed || sent.write(chunk)) return;
  const settled = new AbortController();
  const until = (event: string) => once(sent, event, { signal: settled.signal }).catch(() => {});
  await Promise.race([until("drain"), until("close")]);
  settled.abort();
}
