import type { PortMap } from "dockerode";
import type { EnvironmentSpec, ServerSpec } from "../provider.ts";
import type { Address } from "./settings.ts";

const LOOPBACK = "127.0.0.1";
const SSH_PORT = 22;
const DOCKER_PORT = 4000;

/** The host part of a server's endpoints. */
export const reachedAt = (address: Address) => (address.kind === "unix" ? LOOPBACK : address.host);

/**
 * What of a server is published, each on a port that the engine picks anew at each start.
 * A machine's own engine publishes on loopback. Another's publishes to whoever reaches its host, so there SSH, the
 * inner engine's TLS port and what the environment opens are all.
 */
export function published(address: Address, environment: EnvironmentSpec, spec: ServerSpec): PortMap {
  const opened = new Set(environment.ingress.map((rule) => rule.port));
  const wanted = address.kind === "unix" ? spec.ports : spec.ports.filter((port) => opened.has(port));
  const binding = { HostIp: address.kind === "unix" ? LOOPBACK : "", HostPort: "" };
  return Object.fromEntries([SSH_PORT, DOCKER_PORT, ...wanted].map((port) => [`${port}/tcp`, [binding]]));
}
