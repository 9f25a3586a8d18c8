import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = { path: string; headers: IncomingHttpHeaders; body: string; id: string };
type Answering = (received: Received, response: ServerResponse) => void;

export type Receiver = {
  url: string;
  received: Received[];
  /** How it answers from now on; 204 unless said. */
  answer: Answering;
  close(): Promise<void>;
};

/** A receiver of webhooks on loopback, which keeps all that comes. */
export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: "", received: [], answer: plainly(204), close: async () => {} };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url: path = "", headers } = request;
    const id = String(headers["webhook-id"]);
    const received = { path, headers, id, body: Buffer.concat(chunks).toString("utf8") };
    receiver.received.push(received);
    receiver.answer(received, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  receiver.close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return receiver;
}

export const plainly =
  (status: number, text = "", headers: Record<string, string> = {}): Answering =>
  (_, response) =>
    void response.writeHead(status, headers).end(text);

/** How a receiver checks what comes, written from the standard's own words and not from our code: by which of the secrets it was signed. */
export function signedBy({ headers, body }: Received, secrets: readonly string[]): string[] {
  const given = String(headers["webhook-signature"]).split(" ");
  return secrets.filter((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    return given.includes(`v1,${createHmac("sha256", key).update(content).digest("base64")}`);
  });
}
