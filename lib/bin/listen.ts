import { Server } from "node:http";
import type { Server as NetServer } from "node:net";
import type { Config } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";

/** Whether `config`'s ports can be listened on; asked first of all, before anything is started. Throws as `listen` does. */
export async function requireFreePorts({ host, port, dockerPort }: Config): Promise<void> {
  for (const wanted of [port, dockerPort].filter((one) => one !== null)) {
    const probe = new Server();
    await listen(probe, { host, port: wanted }, wanted === port ? undefined : DOCKER_HINT);
    await new Promise((resolve) => probe.close(resolve));
  }
}

export const DOCKER_HINT =
  "it is for Docker clients: choose another with CLOUDHERO_DOCKER_PORT=4001, or none with CLOUDHERO_DOCKER_PORT=off";
const PAGES_HINT = "choose another with PORT=9000, or npm start -- --port 9000";

/** Throws AppError "conflict" for a taken port, "invalid" for an address that is not ours. */
export function listen(
  server: NetServer,
  { port, host }: Pick<Config, "host" | "port">,
  hint = PAGES_HINT,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusal(error, host, port, hint)));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function refusal(error: NodeJS.ErrnoException, host: string, port: number, hint: string): AppError {
  if (error.code === "EADDRINUSE") {
    const words = `Port ${port} on ${host} is taken: ${hint}.`;
    return new AppError("conflict", words, { cause: error });
  }
  return new AppError("invalid", `Listening on ${host}, port ${port}, is refused (${error.code}).`, { cause: error });
}

/** Where a listening server is, as a browser on this machine would say it. */
export function urlOf(server: Server, { host, tls }: Config): string {
  return `${tls ? "https" : "http"}://${nameOf(host)}:${portOf(server)}`;
}

export function portOf(server: NetServer): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
