import type { Context } from "#lib/context.ts";
import { see } from "./ask.ts";

const measureMs = 30_000;

type Usage = {
  LayersSize?: number;
  Containers?: { SizeRw?: number }[] | null;
  Volumes?: { UsageData?: { Size: number } | null }[] | null;
  BuildCache?: { Size: number; InUse?: boolean; Shared?: boolean }[] | null;
};

/** What fills the disks of all nodes, in bytes. */
export type DiskUsage = { images: number; containers: number; volumes: number; buildCache: number };

/** Engines measure it when asked, which may take them a while. */
export async function diskUsage(ctx: Context, environmentId: string): Promise<DiskUsage> {
  const { value } = await see<Usage>(ctx, environmentId, "/system/df", { timeoutMs: measureMs });
  const sum = <T>(items: readonly T[] | null | undefined, size: (item: T) => number | undefined) =>
    (items ?? []).reduce((total, item) => total + Math.max(0, size(item) ?? 0), 0);
  return {
    images: value.LayersSize ?? 0,
    containers: sum(value.Containers, ({ SizeRw }) => SizeRw),
    volumes: sum(value.Volumes, ({ UsageData }) => UsageData?.Size),
    buildCache: sum(value.BuildCache, ({ Size, Shared }) => (Shared ? 0 : Size)),
  };
}
