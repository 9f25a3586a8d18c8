import type Docker from "dockerode";
import type { CloudPlan, PlanRequest, Quota } from "../provider.ts";
import type { Link } from "./connect.ts";
import { OWNED, SIZE } from "./labels.ts";
import { assertRegion, type EngineInfo, engineInfo, shapeOf } from "./metadata.ts";

const GIBIBYTE = 1024 ** 3;

/** What an environment would be made of, against what the engine has; limits may be promised twice, so that is no refusal. */
export function plan(link: Link, { region, servers }: PlanRequest, signal: AbortSignal): Promise<CloudPlan> {
  return link.use(signal, async (docker) => {
    assertRegion(region);
    const info = await engineInfo(docker);
    const count = Object.values(servers).reduce((sum, one) => sum + one, 0);
    return {
      resources: [
        ...Object.entries(servers).map(
          ([size, count]) => ({ kind: "server", title: `${size}, a container of debian-12`, count, size }) as const,
        ),
        { kind: "volume", title: "for the server's own Docker engine", count },
        { kind: "network", title: "bridge of its own", count: 1 },
      ],
      quotas: quotas(info, servers, await promised(docker)),
      unavailable: [],
    };
  });
}

/** Servers of ours that run, by size. */
async function promised(docker: Docker): Promise<Record<string, number>> {
  const running = await docker.listContainers({ filters: OWNED });
  const counts: Record<string, number> = {};
  for (const { Labels } of running) if (Labels[SIZE]) counts[Labels[SIZE]] = (counts[Labels[SIZE]] ?? 0) + 1;
  return counts;
}

function quotas(info: EngineInfo, wanted: Record<string, number>, used: Record<string, number>): Quota[] {
  const sum = (servers: Record<string, number>, measure: (size: string) => number) =>
    Object.entries(servers).reduce((total, [size, count]) => total + count * measure(size), 0);
  const gib = (size: string) => shapeOf(size)?.gibibytes ?? 0;
  const cores = (size: string) => shapeOf(size)?.cores ?? 0;
  return [
    {
      name: "Memory of the engine",
      unit: "GiB",
      limit: Math.round((info.MemTotal ?? 0) / GIBIBYTE),
      used: sum(used, gib),
      wanted: sum(wanted, gib),
    },
    {
      name: "Processors of the engine",
      unit: "cores",
      limit: info.NCPU ?? 1,
      used: sum(used, cores),
      wanted: sum(wanted, cores),
    },
  ];
}
