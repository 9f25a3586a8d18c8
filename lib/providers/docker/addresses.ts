import type Docker from "dockerode";
import type { NetworkInspectInfo } from "dockerode";
import ipaddr from "ipaddr.js";
import type { EnvironmentSpec } from "../provider.ts";
import { carrying, environmentLabels } from "./labels.ts";

/** Carried by a network whose servers keep their addresses for life, as they do in any cloud. */
export const KEPT_ADDRESSES = "io.cloudhero.addresses";

type Config = { Subnet?: string; Gateway?: string };

/** The subnet that an engine gave a network of its own choice. */
export const subnetOf = (network: { IPAM?: { Config?: Config[] | undefined } | undefined }): Config | undefined =>
  network.IPAM?.Config?.find(({ Subnet }) => Subnet && !Subnet.includes(":"));

/**
 * Hands out a network's addresses, each once, leaving out those of the environment's servers, stopped ones too. Answers
 * undefined for each on a network that was made before servers kept their addresses.
 */
export async function addressesIn(docker: Docker, environment: EnvironmentSpec, network: NetworkInspectInfo) {
  const config = subnetOf(network);
  if (!config?.Subnet || network.Labels?.[KEPT_ADDRESSES] === undefined) return () => undefined;
  const servers = await docker.listContainers({ all: true, filters: carrying(environmentLabels(environment)) });
  const taken = servers.map(
    ({ NetworkSettings }) => Object.values(NetworkSettings.Networks)[0]?.IPAMConfig?.IPv4Address,
  );
  const unfit = new Set([config.Gateway, ...taken]);
  const free = hostsOf(config.Subnet);
  return () => {
    for (let next = free.next(); !next.done; next = free.next()) if (!unfit.has(next.value)) return next.value;
    return undefined;
  };
}

/** The addresses of a subnet that a host may have, lowest first. */
function* hostsOf(subnet: string): Generator<string> {
  const [network, bits] = ipaddr.IPv4.parseCIDR(subnet);
  const base = Buffer.from(network.toByteArray()).readUInt32BE();
  for (let offset = 1; offset < 2 ** (32 - bits) - 1; offset += 1) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(base + offset);
    yield [...bytes].join(".");
  }
}
