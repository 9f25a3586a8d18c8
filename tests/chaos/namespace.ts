import { execFileSync, spawnSync } from "node:child_process";

export type Namespace = { name: string; remove(): void };

/**
 * A network namespace whose loopback is its own and that reaches the package mirrors through this machine. Needs root.
 * Its network is 10.213.N.0/30, N being `number` (0 to 255).
 */
export function makeNamespace(name: string, number: number): Namespace {
  const [here, there] = [`10.213.${number}.1`, `10.213.${number}.2`];
  const [veth, peer] = [`ch${number}h`, `ch${number}n`];
  const nat = ["-s", `${there}/32`, "-j", "MASQUERADE"];
  remove();
  run("ip", "netns", "add", name);
  run("ip", "link", "add", veth, "type", "veth", "peer", "name", peer, "netns", name);
  run("ip", "address", "add", `${here}/30`, "dev", veth);
  run("ip", "link", "set", veth, "up");
  for (const args of [
    ["address", "add", `${there}/30`, "dev", peer],
    ["link", "set", peer, "up"],
    ["link", "set", "lo", "up"],
  ])
    run("ip", "-n", name, ...args);
  run("ip", "-n", name, "route", "add", "default", "via", here);
  run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
  run("iptables", "-t", "nat", "-A", "POSTROUTING", ...nat);
  run("iptables", "-I", "FORWARD", "-i", veth, "-j", "ACCEPT");
  run("iptables", "-I", "FORWARD", "-o", veth, "-j", "ACCEPT");
  return { name, remove };

  function remove(): void {
    attempt("iptables", "-t", "nat", "-D", "POSTROUTING", ...nat);
    attempt("iptables", "-D", "FORWARD", "-i", veth, "-j", "ACCEPT");
    attempt("iptables", "-D", "FORWARD", "-o", veth, "-j", "ACCEPT");
    attempt("ip", "link", "delete", veth);
    attempt("ip", "netns", "delete", name);
  }
}

/** Runs this very command again inside the namespace; answers its exit status. */
export function rerunInside(namespace: Namespace, variables: Record<string, string>): number {
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const args = [`--net=/run/netns/${namespace.name}`, ...command];
  return spawnSync("nsenter", args, { stdio: "inherit", env: { ...process.env, ...variables } }).status ?? 1;
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"], timeout: 10_000 });
}

function attempt(command: string, ...args: string[]): void {
  spawnSync(command, args, { stdio: "ignore", timeout: 10_000 });
}
