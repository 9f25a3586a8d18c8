import { Server } from "node:http";
import type { Config } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";

/** Whether `config`'s address can be listened on; asked first of all, before anything is started. */
export async function requireFreePort(config: Config): Promise<void> {
  const probe = new Server();
  await listen(probe, config);
  await new Promise((resolve) => probe.close(resolve));
}

/** Throws AppError "conflict" for a taken port, "invalid" for an address that is not ours. */
export function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusal(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function refusal(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  if (error.code === "EADDRINUSE") {
    const words = `Port ${port} on ${host} is taken: choose another with PORT=9000, or npm start -- --port 9000.`;
    return new AppError("conflict", words, { cause: error });
  }
  return new AppError("invalid", `Listening on ${host}, port ${port}, is refused (${error.code}).`, { cause: error });
}

/** Where a listening server is, as a browser on this machine would say it. */
export function urlOf(server: Server, { host, tls }: Config): string {
  return `${tls ? "https" : "http"}://${nameOf(host)}:${portOf(server)}`;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
