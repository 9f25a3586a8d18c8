import { createServer, type Server } from "node:https";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { TLSSocket } from "node:tls";
import { trustOf } from "#lib/cluster/authorities.ts";
import { issueServer, type ServerNames } from "#lib/cluster/certificates.ts";
import type { Config } from "#lib/config.ts";
import type { Queryable } from "#lib/context.ts";
import { messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { callerOfCertificate } from "./caller-by-certificate.ts";
import { leavesHttp, serveDocker } from "./serve.ts";

const lifeDays = 30;
const renewEveryMs = 86_400_000;
const drainMs = 2_000;
/** As an engine takes: a build may bring credentials for many registries, and arguments in its query. */
export const headerBytes = 1024 * 1024;

export type DockerEndpoint = { server: Server; stop(): Promise<void> };

/**
 * The Docker endpoint: TLS that asks for a certificate of ours, which says who the client is and which environment it
 * means; not listening yet. Its own certificate is made anew each day.
 */
export async function dockerEndpoint(db: () => Queryable, config: Config): Promise<DockerEndpoint> {
  const server = createServer({
    ...(await secrets(db(), config)),
    requestCert: true,
    rejectUnauthorized: true,
    // A client may have nothing more to send and still wait for output.
    allowHalfOpen: true,
    noDelay: true,
    keepAlive: true,
    requestTimeout: 0,
    headersTimeout: 60_000,
    maxHeaderSize: headerBytes,
    keepAliveTimeout: 3_600_000,
    shouldUpgradeCallback: ({ url }) => leavesHttp(url ?? "/"),
  });
  server.on("request", (request, response) => {
    const identify = () => callerOfCertificate(db(), request.socket as TLSSocket);
    void serveDocker({ db: db(), request, response, url: request.url ?? "/", identify });
  });
  server.on("upgrade", (request, socket, head) => {
    const identify = () => callerOfCertificate(db(), request.socket as TLSSocket);
    void serveDocker({ db: db(), request, upgrade: { socket, head }, url: request.url ?? "/", identify });
  });
  // A client without a certificate is refused by TLS itself; that is no news.
  server.on("tlsClientError", () => {});
  const renewal = setInterval(() => void renew(server, db(), config), renewEveryMs).unref();
  return {
    server,
    async stop() {
      clearInterval(renewal);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await Promise.race([closed, sleep(drainMs, undefined, { ref: false })]);
      server.closeAllConnections();
    },
  };
}

async function renew(server: Server, db: Queryable, config: Config): Promise<void> {
  try {
    server.setSecureContext(await secrets(db, config));
  } catch (error) {
    log.warn({ err: error }, `the Docker endpoint's certificate was not renewed: ${messageOf(error)}`);
  }
}

async function secrets(db: Queryable, config: Config) {
  const { signer, trusted } = await trustOf(db, null);
  const { certificate, privateKey } = await issueServer(signer, namesOf(config), lifeDays);
  return {
    ca: trusted.map((one) => one.certificate),
    cert: certificate,
    key: privateKey,
    minVersion: "TLSv1.2" as const,
  };
}

/** What clients may call this machine by: the names that it was given, and every address of its own. */
function namesOf({ publicUrl, host }: Config): ServerNames {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);
  const given = [
    publicUrl ? new URL(publicUrl).hostname.replace(/^\[|\]$/g, "") : "",
    host,
    "127.0.0.1",
    "::1",
    ...own,
  ];
  const known = [...new Set(given.filter((name) => name && !name.includes("%")))];
  return {
    dns: [...new Set(["localhost", hostname(), ...known.filter((name) => !isIP(name))])],
    ip: known.filter((name) => isIP(name)),
  };
}
