// The Docker endpoint's own process: what flows through it waits for no page and no report, and takes little memory. It
// tells the process that forked it where it listens, or why it cannot, and ends with it.
import { setDefaultHighWaterMark } from "node:stream";
import { loadConfig } from "#lib/config.ts";
import { closeDatabase, db } from "#lib/db/client.ts";
import { AppError, messageOf } from "#lib/errors.ts";
import { dockerEndpoint } from "#lib/gateway/listener.ts";
import { log } from "#lib/log.ts";
import type { EndpointMessage } from "./docker.ts";
import { DOCKER_HINT, listen, portOf } from "./listen.ts";

// A terminal's Ctrl-C comes to every process: the one that forked us says when to leave.
for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});
process.on("disconnect", () => process.exit(0));
process.on("unhandledRejection", (error) => log.error({ err: error }, messageOf(error)));

// Hundreds of streams at once: what each holds back counts, and 16 KiB is what a TLS record carries.
setDefaultHighWaterMark(false, 16 * 1024);

const say = (message: EndpointMessage) => process.send?.(message);

try {
  const config = loadConfig(process.env);
  const { server, stop } = await dockerEndpoint(db, config);
  await listen(server, { host: config.host, port: config.dockerPort ?? 0 }, DOCKER_HINT);
  process.on(
    "SIGTERM",
    () =>
      void stop()
        .finally(closeDatabase)
        .finally(() => process.exit(0)),
  );
  say({ port: portOf(server) });
} catch (error) {
  if (!(error instanceof AppError)) log.fatal({ err: error }, messageOf(error));
  say({ refused: messageOf(error) });
  process.disconnect?.();
  process.exitCode = 1;
}
