import { once } from "node:events";
import { request } from "node:https";
import { connect } from "node:tls";
import type { Client } from "./client.ts";

/** A request whose answer is read piece by piece; resolves when its headers have come. */
export async function streamOf(client: Client, method: string, path: string) {
  const { host, port, ca, cert, key } = client.tls;
  const sent = request({ host, port, ca, cert, key, method, path });
  sent.on("error", () => {});
  sent.end();
  const [response] = await once(sent, "response", { signal: AbortSignal.timeout(20_000) });
  response.on("error", () => {});
  return {
    status: response.statusCode as number,
    /** The next piece, as it came. */
    async next(): Promise<Buffer> {
      const [chunk] = await once(response, "data", { signal: AbortSignal.timeout(20_000) });
      return chunk;
    },
    async rest(): Promise<string> {
      let text = "";
      for await (const chunk of response) text += chunk;
      return text;
    },
    leave: () => sent.destroy(),
  };
}

/** A connection that leaves HTTP by an attach; resolves with the answer's head. */
export async function attachRaw(client: Client, path: string, body = "") {
  const { host, port, ca, cert, key } = client.tls;
  const options = { host, port, ca, cert, key, allowHalfOpen: true };
  const socket = connect(options);
  socket.on("error", () => {});
  const headers = ["Host: docker", "Connection: Upgrade", "Upgrade: tcp", "Content-Type: application/json"];
  const head = [`POST ${path} HTTP/1.1`, ...headers, `Content-Length: ${body.length}`].join("\r\n");
  socket.write(`${head}\r\n\r\n${body}`);
  let seen = Buffer.alloc(0);
  const ended = new Promise<void>((resolve) => socket.once("end", resolve).once("close", () => resolve()));
  socket.on("data", (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk]);
  });
  while (!seen.includes("\r\n\r\n")) await once(socket, "data", { signal: AbortSignal.timeout(20_000) });
  const end = seen.indexOf("\r\n\r\n") + 4;
  return {
    head: seen.subarray(0, end).toString(),
    socket,
    async rest(): Promise<Buffer> {
      await ended;
      socket.destroy();
      return seen.subarray(end);
    },
  };
}
