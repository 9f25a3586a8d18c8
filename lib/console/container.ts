import type { Context } from "#lib/context.ts";
import { see } from "./ask.ts";
import { shortImage, urlOf } from "./containers.ts";
import { type EnvironmentEntry, environmentOf } from "./environment-values.ts";

type Inspected = {
  Id: string;
  Name: string;
  Created: string;
  Image: string;
  RestartCount: number;
  Path: string;
  Args: string[];
  Node?: { Name: string };
  State: {
    Status: string;
    StartedAt: string;
    FinishedAt: string;
    ExitCode: number;
    Error: string;
    OOMKilled: boolean;
    Health?: { Status: string; FailingStreak: number; Log: { End: string; ExitCode: number; Output: string }[] | null };
  };
  Config: {
    Image: string;
    Env: string[] | null;
    Labels: Record<string, string> | null;
    User: string;
    WorkingDir: string;
    Hostname: string;
    Tty: boolean;
  };
  HostConfig: {
    RestartPolicy?: { Name: string; MaximumRetryCount: number };
    Memory?: number;
    NanoCpus?: number;
    AutoRemove?: boolean;
  };
  Mounts: { Type: string; Name?: string; Source: string; Destination: string; RW: boolean }[] | null;
  NetworkSettings: {
    Networks: Record<string, { NetworkID: string; IPAddress: string; Aliases: string[] | null }> | null;
    Ports: Record<string, { HostIp: string; HostPort: string }[] | null> | null;
  };
};

export type ContainerDetail = {
  id: string;
  name: string;
  node: string;
  state: string;
  image: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  exitCode: number;
  error: string | null;
  restarts: number;
  command: string;
  restartPolicy: string;
  user: string;
  workingDir: string;
  memory: number | null;
  cpus: number | null;
  autoRemove: boolean;
  service: string | null;
  health: { status: string; failing: number; log: { at: string; exitCode: number; output: string }[] } | null;
  environment: EnvironmentEntry[];
  labels: [string, string][];
  mounts: { type: string; name: string | null; source: string; target: string; writable: boolean }[];
  networks: { id: string; name: string; address: string; aliases: string[] }[];
  ports: { inner: string; outer: string; url: string | null }[];
};

/** Docker's word for never. */
const never = /^0001-/;
const probesAtMost = 3;

const inspect = async (ctx: Context, environmentId: string, id: string) =>
  (await see<Inspected>(ctx, environmentId, `/containers/${encodeURIComponent(id)}/json`)).value;

/** One container; values of its environment that look like secrets stay here. */
export async function getContainer(ctx: Context, environmentId: string, id: string): Promise<ContainerDetail> {
  const found = await inspect(ctx, environmentId, id);
  const { State, Config, HostConfig, NetworkSettings } = found;
  const time = (at: string) => (at && !never.test(at) ? at : null);
  const { Name: policy = "no", MaximumRetryCount: retries = 0 } = HostConfig.RestartPolicy ?? {};
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, ""),
    node: found.Node?.Name ?? "",
    state: State.Status,
    image: shortImage(Config.Image),
    createdAt: found.Created,
    startedAt: time(State.StartedAt),
    finishedAt: time(State.FinishedAt),
    exitCode: State.ExitCode,
    error: State.OOMKilled ? "It needed more memory than it may have, and was killed." : State.Error || null,
    restarts: found.RestartCount,
    command: [found.Path, ...found.Args].join(" "),
    restartPolicy: policy === "on-failure" && retries > 0 ? `on-failure, ${retries} times` : policy || "no",
    user: Config.User || "root",
    workingDir: Config.WorkingDir || "/",
    memory: HostConfig.Memory || null,
    cpus: HostConfig.NanoCpus ? HostConfig.NanoCpus / 1e9 : null,
    autoRemove: HostConfig.AutoRemove ?? false,
    service: Config.Labels?.["com.docker.swarm.service.name"] ?? null,
    health: healthOf(State.Health),
    environment: environmentOf(Config.Env ?? []),
    labels: Object.entries(Config.Labels ?? {}).toSorted(),
    mounts: (found.Mounts ?? []).map(({ Type, Name, Source, Destination, RW }) => ({
      type: Type,
      name: Name ?? null,
      source: Source,
      target: Destination,
      writable: RW,
    })),
    networks: Object.entries(NetworkSettings.Networks ?? {}).map(([name, { NetworkID, IPAddress, Aliases }]) => ({
      id: NetworkID,
      name,
      address: IPAddress,
      aliases: Aliases ?? [],
    })),
    ports: Object.entries(NetworkSettings.Ports ?? {}).flatMap(portsOf),
  };
}

/** The same container's environment, values and all, for who asks for it. */
export async function containerEnvironment(
  ctx: Context,
  environmentId: string,
  id: string,
): Promise<Record<string, string>> {
  const { Config } = await inspect(ctx, environmentId, id);
  return Object.fromEntries(environmentOf(Config.Env ?? [], "all").map(({ name, value }) => [name, value ?? ""]));
}

const healthOf = (health: Inspected["State"]["Health"]): ContainerDetail["health"] =>
  health && health.Status !== "none"
    ? {
        status: health.Status,
        failing: health.FailingStreak,
        log: (health.Log ?? [])
          .slice(-probesAtMost)
          .toReversed()
          .map(({ End, ExitCode, Output }) => ({ at: End, exitCode: ExitCode, output: Output.slice(0, 2_000) })),
      }
    : null;

function portsOf([inner, bindings]: [string, { HostIp: string; HostPort: string }[] | null]): ContainerDetail["ports"] {
  const [port, protocol] = inner.split("/");
  return (bindings ?? []).map(({ HostIp, HostPort }) => ({
    inner,
    outer: `${HostIp}:${HostPort}`,
    url: protocol === "tcp" ? urlOf(HostIp, Number(HostPort), Number(port)) : null,
  }));
}
