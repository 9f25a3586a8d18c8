import type { Origin } from "#lib/dial.ts";
import { ProviderError } from "../provider.ts";

export type DockerSettings = {
  /** `unix:///path` or `tcp://host:port` (2376 where the port is left out). */
  host: string;
  /** PEM; all three are needed for tcp. */
  ca?: string;
  cert?: string;
  key?: string;
  origin: Origin;
};

export type Address =
  | { kind: "unix"; path: string }
  /** `host` without brackets. */
  | { kind: "tcp"; host: string; port: number };

const DEFAULT_TLS_PORT = 2376;

/** Where the engine is; throws ProviderError "invalid" for a host or certificates that can never work. */
export function addressOf(settings: DockerSettings): Address {
  if (settings.host.startsWith("unix://")) return unixAddress(settings);
  // Of an unknown scheme, URL would not read "2130706433" or "0x7f.1" as the addresses they are.
  const url = settings.host.startsWith("tcp://") ? URL.parse(settings.host.replace(/^tcp:/, "https:")) : null;
  if (!url) throw new ProviderError("invalid", "A Docker host is unix:///path or tcp://host:port.");
  if (url.username || url.password || url.search || url.hash || (url.pathname && url.pathname !== "/")) {
    throw new ProviderError("invalid", "A tcp:// Docker host has a host and a port, and nothing else.");
  }
  const missing = (["ca", "cert", "key"] as const).filter((field) => !settings[field]?.trim());
  if (missing.length > 0) {
    throw new ProviderError("invalid", `A tcp:// Docker host needs TLS: ${missing.join(", ")} missing.`);
  }
  const port = settings.host.match(/:(\d+)\/?$/)?.[1];
  return { kind: "tcp", host: url.hostname.replace(/^\[|\]$/g, ""), port: port ? Number(port) : DEFAULT_TLS_PORT };
}

/** A socket is root on this machine, so only the operator may name one. */
function unixAddress({ host, origin }: DockerSettings): Address {
  const path = host.slice("unix://".length);
  if (origin !== "ours") throw new ProviderError("invalid", `${host}: address not allowed`);
  if (!path.startsWith("/")) throw new ProviderError("invalid", "A unix:// Docker host is an absolute path.");
  return { kind: "unix", path };
}
