import type { ContainerCreateOptions } from "dockerode";
import { type ArchiveFile, tar } from "#lib/tar.ts";
import type { EnvironmentSpec, ServerSpec } from "../provider.ts";
import { serverLabels } from "./labels.ts";
import { type EngineInfo, limitsOf } from "./metadata.ts";
import { published } from "./ports.ts";
import type { Address } from "./settings.ts";
import { volumeName } from "./volumes.ts";

/** Where a server is made: what every attempt of one launch shares. */
export type Site = {
  environment: EnvironmentSpec;
  address: Address;
  info: EngineInfo;
  networkId: string;
  /** An address that no server has; undefined: the engine picks one at each start. */
  nextAddress(): string | undefined;
  image: string;
};

/**
 * Brings a server back with its engine, until `stop` withdraws it. Not "unless-stopped": an engine that was killed stops
 * what it finds running when it comes back, and then takes that for somebody's wish (moby 20.10, daemon/kill.go).
 */
export const KEEP_UP = { Name: "always" };

/** An inner engine waits 10 s for a container that does not listen, and a database needs time of its own. */
export const STOP_TIMEOUT_SECONDS = 30;
const LOGIN_ID = 1000;

/**
 * A container that is a server: systemd is its first process, and an inner Docker engine can run in it. It has less
 * than --privileged gives: no devices of the host's own and no CAP_SYS_RESOURCE, which a host may lack itself.
 * No secret is in it: keys are put into its files before it starts.
 */
export function containerOptions(site: Site, spec: ServerSpec): ContainerCreateOptions {
  const labels = serverLabels(site.environment, spec);
  const address = site.nextAddress();
  const ports = published(site.address, site.environment, spec);
  return {
    name: spec.name,
    Image: site.image,
    Hostname: spec.nodeName,
    Env: ["container=docker"],
    Tty: true,
    Labels: labels,
    StopSignal: "SIGRTMIN+3",
    StopTimeout: STOP_TIMEOUT_SECONDS,
    ExposedPorts: Object.fromEntries(Object.keys(ports).map((port) => [port, {}])),
    HostConfig: {
      ...limits(site.info, spec.size),
      ...privileges,
      PortBindings: ports,
      NetworkMode: site.networkId,
      RestartPolicy: KEEP_UP,
      LogConfig: { Type: "json-file", Config: { "max-size": "5m", "max-file": "2" } },
      Tmpfs: { "/run": "exec", "/run/lock": "", "/tmp": "exec,mode=1777" },
      Mounts: [
        {
          Type: "volume",
          Source: volumeName(spec.name, spec.attempt),
          Target: "/var/lib/docker",
          VolumeOptions: { NoCopy: true, Labels: labels, DriverConfig: { Name: "local", Options: {} } },
        },
      ],
    },
    NetworkingConfig: {
      EndpointsConfig: {
        [site.networkId]: { Aliases: [spec.nodeName], IPAMConfig: address ? { IPv4Address: address } : {} },
      },
    },
  };
}

/** Empty lists of paths are what the command line calls systempaths=unconfined. */
const privileges = {
  CapAdd: ["ALL"],
  CapDrop: ["SYS_RESOURCE"],
  SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined", "label=disable"],
  MaskedPaths: [],
  ReadonlyPaths: [],
  CgroupnsMode: "private" as const,
  DeviceCgroupRules: ["a *:* rwm"],
};

/** An engine whose kernel cannot share out processor time refuses a container that asks for it. */
function limits(info: EngineInfo, size: string) {
  const { cores, memoryBytes } = limitsOf(info, size);
  return { Memory: memoryBytes, ...(info.CpuCfsQuota !== false && { NanoCpus: cores * 1e9 }) };
}

/** What a server must have before its first start: its host key, and who may log in. */
export function firstFiles({ hostKey, authorizedKeys }: ServerSpec): Buffer {
  const line = (text: string) => `${text.trim()}\n`;
  const hostKeyPath = "etc/ssh/ssh_host_ed25519_key";
  const login = { uid: LOGIN_ID, gid: LOGIN_ID };
  const files: ArchiveFile[] = [
    { path: hostKeyPath, content: line(hostKey.privateKey), mode: 0o600 },
    { path: `${hostKeyPath}.pub`, content: line(hostKey.publicKey), mode: 0o644 },
    { path: "home/cloudhero/.ssh/authorized_keys", content: authorizedKeys.map(line).join(""), mode: 0o600, ...login },
  ];
  return tar(files);
}
