import { createServer, type IncomingMessage, type RequestListener, Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import type { Config } from "#lib/config.ts";
import { db } from "#lib/db/client.ts";
import { endSocket } from "#lib/end-socket.ts";
import { AppError, messageOf } from "#lib/errors.ts";
import { serveByPath, staysByPath, upgradeByPath } from "#lib/gateway/by-path.ts";
import { headerBytes } from "#lib/gateway/listener.ts";
import { closeTerminals } from "#lib/terminal/serve.ts";
import { upgradeTerminal } from "#lib/terminal/upgrade.ts";
import { assetServer } from "./assets.ts";
import { dispatch } from "./dispatch.ts";
import { listen, urlOf } from "./listen.ts";
import { guardPage } from "./page-headers.ts";
import { loadRoutes, routeTable } from "./routes.ts";

const root = join(import.meta.dirname, "../..");
const DRAIN_MS = 2000;
const REQUEST_MS = 6 * 3_600_000;

export type Web = {
  url: string;
  /** Lets requests under way end, for 2 s at the most. */
  stop(): Promise<void>;
};

/**
 * Readies the API by its own table, and all else by Next; in development Next serves both, and reloads both. It takes a
 * second and no database, so it can be begun before there is one. What it answers listens, and throws as `listen` does.
 */
export async function prepareWeb(config: Config): Promise<() => Promise<Web>> {
  const dev = process.env.NODE_ENV === "development";
  // Next adds an upgrade listener of its own, and ends sockets that are not its business: it gets a server of its own.
  const decoy = new Server();
  const pages = next({ dev, dir: root, httpServer: decoy, hostname: config.host, port: config.port });
  const [table] = await Promise.all([dev ? routeTable([]) : loadRoutes(join(root, "app/(api)")), pages.prepare()]);
  const handle = pages.getRequestHandler();
  const serveAsset = dev ? () => false : assetServer(join(root, process.env.CLOUDHERO_BUILD_FOLDER ?? ".next"));
  const answer = dispatch(table, (request, response) => {
    // Hot reload needs what the policy forbids.
    if (!dev) guardPage(request, response, isSecure(config, request));
    void handle(request, response);
  });
  const ways = { db, isPrivate: (request: IncomingMessage) => config.loopback || isSecure(config, request) };
  const server = open(config, (request, response) => {
    if (!serveAsset(request, response) && !serveByPath(ways, request, response)) answer(request, response);
  });
  // What a Docker client sends may be gigabytes.
  server.requestTimeout = REQUEST_MS;
  server.on("upgrade", (request, socket: Duplex, head) => {
    if (upgradeTerminal(ways, request, socket, head) || upgradeByPath(ways, request, socket, head)) return;
    // Only Next's hot reload takes one; what nobody takes would stay open for ever.
    if (dev && decoy.emit("upgrade", request, socket, head)) return;
    endSocket(socket, "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  });
  return async () => {
    await listen(server, config);
    return { url: urlOf(server, config), stop: () => stop(server).then(() => pages.close()) };
  };
}

/** Whether a browser reaches us by TLS: ours, or that of a proxy that is trusted. */
function isSecure(config: Config, request: IncomingMessage): boolean {
  return config.tls !== undefined || (config.trustProxy && request.headers["x-forwarded-proto"] === "https");
}

async function stop(server: Server): Promise<void> {
  const closed = Promise.all([new Promise((resolve) => server.close(resolve)), closeTerminals()]);
  server.closeIdleConnections();
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })]);
  server.closeAllConnections();
}

/** A Docker client may have nothing more to send and still wait for output, by TLS too. */
function open(config: Config, listener: RequestListener): Server {
  try {
    const shouldUpgradeCallback = (request: IncomingMessage) => !staysByPath(request);
    const options = { shouldUpgradeCallback, maxHeaderSize: headerBytes };
    return config.tls
      ? createTlsServer({ ...options, ...config.tls, allowHalfOpen: true }, listener)
      : createServer(options, listener);
  } catch (error) {
    throw new AppError("invalid", `The TLS certificate or key cannot be used: ${messageOf(error)}.`, { cause: error });
  }
}
