import type { Context } from "#lib/context.ts";
import { see } from "./ask.ts";

type Cpu = { cpu_usage: { total_usage: number }; system_cpu_usage?: number; online_cpus?: number };
type Stats = {
  cpu_stats: Cpu;
  precpu_stats: Cpu;
  memory_stats: { usage?: number; limit?: number; stats?: { inactive_file?: number; cache?: number } };
  networks?: Record<string, { rx_bytes: number; tx_bytes: number }>;
  pids_stats?: { current?: number };
};

/** `cpu` in processors. Bytes since the container started. */
export type ContainerStats = {
  cpu: number;
  memory: number;
  limit: number;
  received: number;
  sent: number;
  processes: number;
};

/** What a running container uses now; the engine measures for a second. Null for one that does not run. */
export async function containerStats(ctx: Context, environmentId: string, id: string): Promise<ContainerStats | null> {
  const path = `/containers/${encodeURIComponent(id)}/stats?stream=false`;
  const { value } = await see<Stats>(ctx, environmentId, path);
  const { cpu_stats: now, precpu_stats: before, memory_stats: memory } = value;
  if (memory.usage === undefined && !now.system_cpu_usage) return null;
  const used = now.cpu_usage.total_usage - before.cpu_usage.total_usage;
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  const networks = Object.values(value.networks ?? {});
  return {
    cpu: passed > 0 && used > 0 ? (used / passed) * (now.online_cpus ?? 1) : 0,
    // As `docker stats` counts: what the kernel could drop at once is not the container's.
    memory: (memory.usage ?? 0) - (memory.stats?.inactive_file ?? 0),
    limit: memory.limit ?? 0,
    received: networks.reduce((sum, { rx_bytes }) => sum + rx_bytes, 0),
    sent: networks.reduce((sum, { tx_bytes }) => sum + tx_bytes, 0),
    processes: value.pids_stats?.current ?? 0,
  };
}
