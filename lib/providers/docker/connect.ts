import type { Agent } from "node:https";
import Docker from "dockerode";
import { checkedAgents } from "#lib/dial.ts";
import { providerError } from "./errors.ts";
import { type Address, addressOf, type DockerSettings } from "./settings.ts";

export const CALL_TIMEOUT_MS = 30_000;

/** A way to one engine. */
export type Link = {
  readonly settings: DockerSettings;
  address(): Address;
  /**
   * Runs `work` with a client whose every request ends when `signal` aborts, or `timeoutMs` after the start of the work.
   * What the engine refuses is thrown as ProviderError; an abort by `signal` as its reason.
   */
  use<T>(signal: AbortSignal, work: (docker: Docker) => Promise<T>, timeoutMs?: number): Promise<T>;
};

export function linkTo(settings: DockerSettings): Link {
  let agent: Agent | undefined;
  const address = () => addressOf(settings);
  return {
    settings,
    address,
    async use(signal, work, timeoutMs = CALL_TIMEOUT_MS) {
      signal.throwIfAborted();
      const limit = AbortSignal.timeout(timeoutMs);
      try {
        const target = address();
        if (target.kind === "tcp") agent ??= tlsAgent(settings);
        return await work(client(target, agent, AbortSignal.any([signal, limit])));
      } catch (error) {
        signal.throwIfAborted();
        throw providerError(error, limit.aborted ? timeoutMs : undefined);
      }
    },
  };
}

function tlsAgent({ ca, cert, key, origin }: DockerSettings): Agent {
  return checkedAgents(origin, { ca, cert, key }).https;
}

/** Every field is given, because the client would fill a missing one from DOCKER_HOST and its relatives. */
function client(target: Address, agent: Agent | undefined, signal: AbortSignal): Docker {
  const none = { ca: undefined, cert: undefined, key: undefined, timeout: undefined, pathPrefix: undefined };
  const options =
    target.kind === "unix"
      ? { ...none, host: undefined, port: undefined, protocol: "http" as const, socketPath: target.path }
      : { ...none, host: `https://${inUrl(target.host)}`, port: target.port, protocol: "https" as const, agent };
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
