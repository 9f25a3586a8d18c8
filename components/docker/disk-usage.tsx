import type { DiskUsage } from "#lib/console/usage.ts";
import { bytesText } from "./sizes.ts";

const kinds = [
  ["images", "Images"],
  ["containers", "Containers"],
  ["volumes", "Volumes"],
  ["buildCache", "Build cache"],
] as const;

/** What fills the disks of all nodes together. */
export function DiskUsageFigures({ usage }: { usage: DiskUsage }) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {kinds.map(([key, label]) => (
        <div key={key} className="flex items-baseline gap-2">
          <dt className="text-ink-soft">{label}</dt>
          <dd className="tabular font-medium">{bytesText(usage[key])}</dd>
        </div>
      ))}
    </dl>
  );
}
