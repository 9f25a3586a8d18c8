import type { Agent } from "node:https";
import Docker from "dockerode";

/** An engine on this machine's socket, or behind TLS as `agent` has it. */
export type EngineAddress = { socketPath: string } | { host: string; port: number; agent: Agent };

/** A client of one Docker engine whose every request ends when `signal` aborts. */
export function dockerClient(address: EngineAddress, signal: AbortSignal): Docker {
  // Every field is given, because the client would fill a missing one from DOCKER_HOST and its relatives.
  const none = { ca: undefined, cert: undefined, key: undefined, timeout: undefined, pathPrefix: undefined };
  const options =
    "socketPath" in address
      ? { ...none, ...address, host: undefined, port: undefined, protocol: "http" as const }
      : { ...none, ...address, host: `https://${inUrl(address.host)}`, protocol: "https" as const };
  return bounded(new Docker(options), signal);
}

type Request = { signal?: AbortSignal; maxRedirects?: number };
type Modem = { buildRequest(options: Request, ...rest: unknown[]): void };

/** Puts the signal on every request, and lets none follow a redirect: the client would leave our agent for it. */
function bounded(docker: Docker, signal: AbortSignal): Docker {
  const modem = docker.modem as unknown as Modem;
  const send = modem.buildRequest.bind(modem);
  modem.buildRequest = (options, ...rest) => send({ ...options, signal, maxRedirects: 0 }, ...rest);
  return docker;
}

const inUrl = (host: string) => (host.includes(":") ? `[${host}]` : host);
