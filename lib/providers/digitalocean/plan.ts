import { nearestSizes } from "../nearest-sizes.ts";
import type { CloudPlan, PlanRequest, Quota } from "../provider.ts";
import { ask, type DigitalOceanSession, listAll } from "./client.ts";
import { assertRegion, type Droplet } from "./droplet.ts";

type Size = { slug: string; vcpus: number; memory: number; available: boolean; regions: string[] };

/** What an environment would be made of, which sizes the region lacks, and the account's droplet limit. */
export async function plan(
  session: DigitalOceanSession,
  { region, choices, servers }: PlanRequest,
  signal: AbortSignal,
): Promise<CloudPlan> {
  await assertRegion(session, region, signal);
  const image = choices.image ?? session.settings.image ?? "debian-12";
  const wanted = Object.values(servers).reduce((sum, count) => sum + count, 0);
  const [sizes, quota] = await Promise.all([
    listAll<Size>(session, "/v2/sizes", "sizes", signal),
    dropletQuota(session, wanted, signal),
  ]);
  const here = sizes.filter((size) => size.available && size.regions.includes(region));
  const lacking = Object.keys(servers).filter((slug) => !here.some((one) => one.slug === slug));
  return {
    resources: [
      ...Object.entries(servers).map(
        ([size, count]) => ({ kind: "server", title: `${size}, ${image}`, count, size }) as const,
      ),
      { kind: "firewall", title: "firewall", count: 1 },
      { kind: "key", title: "SSH key", count: 1 },
    ],
    quotas: [quota],
    unavailable: lacking.map((slug) => {
      const known = sizes.find((one) => one.slug === slug);
      return { size: slug, where: region, alternatives: known ? nearestSizes(shapeOf(known), here.map(shapeOf)) : [] };
    }),
  };
}

const shapeOf = ({ slug, vcpus, memory }: Size) => ({
  id: slug,
  cores: vcpus,
  gib: memory / 1024,
  architecture: "amd64",
});

async function dropletQuota(session: DigitalOceanSession, wanted: number, signal: AbortSignal): Promise<Quota> {
  const [{ account }, droplets] = await Promise.all([
    ask<{ account: { droplet_limit: number } }>(session, { method: "GET", path: "/v2/account" }, signal),
    listAll<Droplet>(session, "/v2/droplets", "droplets", signal),
  ]);
  return {
    name: "Droplets of the account",
    unit: "droplets",
    limit: account.droplet_limit,
    used: droplets.length,
    wanted,
  };
}
