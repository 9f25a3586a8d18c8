import type { Agent } from "node:https";
import type Docker from "dockerode";
import { checkedAgents } from "#lib/dial.ts";
import { dockerClient } from "#lib/docker-client.ts";
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

function client(target: Address, agent: Agent | undefined, signal: AbortSignal): Docker {
  if (target.kind === "unix") return dockerClient({ socketPath: target.path }, signal);
  return dockerClient({ host: target.host, port: target.port, agent: agent! }, signal);
}
