// Bytes between two TLS connections and nothing else: what Node itself takes for them is the least that ours can take.
// Forked as the endpoint is; what it needs is JSON in CLOUDHERO_BENCH_PIPE.
import { setDefaultHighWaterMark } from "node:stream";
import { type ConnectionOptions, connect, createSecureContext, createServer } from "node:tls";
import { portOf } from "#lib/bin/listen.ts";
import type { PipeSettings } from "./fronts.ts";

setDefaultHighWaterMark(false, 16 * 1024);
const { host, port, client, server } = JSON.parse(process.env.CLOUDHERO_BENCH_PIPE!) as PipeSettings;
const secureContext = createSecureContext(client);
const own = { requestCert: true, rejectUnauthorized: true, allowHalfOpen: true, noDelay: true };
const listener = createServer({ ...own, ca: client.ca, ...server }, (socket) => {
  // Which of its names the engine shows is not what is measured.
  const checkServerIdentity = () => undefined;
  const options = { host, port, secureContext, checkServerIdentity, allowHalfOpen: true, noDelay: true };
  const engine = connect(options as ConnectionOptions);
  socket.pipe(engine).pipe(socket);
  for (const [one, other] of [
    [socket, engine],
    [engine, socket],
  ] as const)
    one.on("error", () => other.destroy()).on("close", () => other.destroy());
});
listener.listen(0, "127.0.0.1", () => process.send!({ port: portOf(listener) }));
process.on("SIGTERM", () => process.exit(0));
