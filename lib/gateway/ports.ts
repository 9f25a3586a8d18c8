import type { Engine } from "./cluster.ts";

const everywhere = ["0.0.0.0", "::", ""];

type Listed = { IP?: string; PrivatePort: number; PublicPort?: number; Type: string };
type Binding = { HostIp: string; HostPort: string };
type Settings = { Ports?: Record<string, Binding[] | null> | null };

/** A published port as a list has it, at the address where it is reached from outside; once, whatever families it listens on. */
export function portsAt<T extends { Ports?: Listed[] | null }>(container: T, { address }: Engine): T {
  if (!container.Ports?.some(({ IP }) => IP !== undefined && everywhere.includes(IP))) return container;
  const told = container.Ports.map((port) =>
    port.IP !== undefined && everywhere.includes(port.IP) ? { ...port, IP: address } : port,
  );
  const seen = new Set<string>();
  const once = told.filter((port) => {
    const key = JSON.stringify([port.IP, port.PrivatePort, port.PublicPort, port.Type]);
    return !seen.has(key) && seen.add(key);
  });
  return { ...container, Ports: once };
}

/** The same of what is inspected. */
export function bindingsAt<T extends { NetworkSettings?: Settings }>(container: T, { address }: Engine): T {
  const ports = container.NetworkSettings?.Ports;
  if (!ports) return container;
  const told = Object.entries(ports).map(([port, bindings]) => {
    const moved = bindings?.map((one) => (everywhere.includes(one.HostIp) ? { ...one, HostIp: address } : one));
    return [
      port,
      moved?.filter(
        (one, index) =>
          moved.findIndex((other) => other.HostIp === one.HostIp && other.HostPort === one.HostPort) === index,
      ) ?? null,
    ];
  });
  return { ...container, NetworkSettings: { ...container.NetworkSettings, Ports: Object.fromEntries(told) } };
}
