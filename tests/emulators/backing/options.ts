import type Docker from "dockerode";
import type { BackedServer } from "./backing.ts";

/** Ports that a server's public address passes on; no firewall stands between. */
const PORTS = [22, 80, 443, 3306, 4000, 5432, 5672, 6379, 11211];

/** The privileges of the node image's own servers. */
const privileges = {
  CapAdd: ["ALL"],
  CapDrop: ["SYS_RESOURCE"],
  SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined", "label=disable"],
  MaskedPaths: [],
  ReadonlyPaths: [],
  CgroupnsMode: "private" as const,
  DeviceCgroupRules: ["a *:* rwm"],
};

/** A container that boots systemd, with what an inner Docker engine needs, reached at its own loopback address. */
export function serverOptions(
  image: string,
  network: string,
  server: BackedServer,
  hostname = server.id,
): Docker.ContainerCreateOptions {
  const labels = { "io.cloudhero.emulated": network };
  const ports = Object.fromEntries(
    PORTS.map((port) => [`${port}/tcp`, [{ HostIp: server.address, HostPort: String(port) }]]),
  );
  return {
    Image: image,
    Hostname: hostname,
    Env: ["container=docker"],
    Tty: true,
    Labels: labels,
    StopSignal: "SIGRTMIN+3",
    ExposedPorts: Object.fromEntries(Object.keys(ports).map((port) => [port, {}])),
    HostConfig: {
      ...privileges,
      PortBindings: ports,
      NetworkMode: network,
      LogConfig: { Type: "json-file", Config: { "max-size": "5m", "max-file": "1" } },
      Tmpfs: { "/run": "exec", "/run/lock": "", "/tmp": "exec,mode=1777" },
      Mounts: [
        {
          Type: "volume",
          Source: `${network}-${server.id}`,
          Target: "/var/lib/docker",
          VolumeOptions: { NoCopy: true, Labels: labels, DriverConfig: { Name: "local", Options: {} } },
        },
      ],
    },
  };
}
