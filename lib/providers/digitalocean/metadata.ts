import type { Metadata, Size } from "../provider.ts";
import { type DigitalOceanSession, listAll } from "./client.ts";

type RegionAnswer = { slug: string; name: string; available: boolean; sizes: string[] };
type SizeAnswer = {
  slug: string;
  description: string;
  vcpus: number;
  memory: number;
  disk: number;
  price_hourly: number;
  price_monthly: number;
  regions: string[];
  available: boolean;
};

/** Regions and sizes; a size is listed for the regions that both name it and are open, and left out where there is none. */
export async function metadata(session: DigitalOceanSession, signal: AbortSignal): Promise<Metadata> {
  const [regions, sizes] = await Promise.all([
    listAll<RegionAnswer>(session, "/v2/regions", "regions", signal),
    listAll<SizeAnswer>(session, "/v2/sizes", "sizes", signal),
  ]);
  const locations = regions.map(
    ({ slug, available }) => [slug, { name: slug, endpoint: "api.digitalocean.com", available }] as const,
  );
  const families: Metadata["sizes"] = {};
  for (const size of sizes) {
    const places = regions.filter(
      (region) => region.available && size.regions.includes(region.slug) && region.sizes.includes(size.slug),
    );
    if (!size.available || places.length === 0) continue;
    const family = size.description || "Basic";
    families[family] ??= {};
    families[family][size.slug] = sizeOf(
      size,
      places.map((region) => region.slug),
    );
  }
  return { locations: Object.fromEntries(locations), sizes: families };
}

function sizeOf(size: SizeAnswer, regions: string[]): Size {
  return {
    id: size.slug,
    cores: String(size.vcpus),
    ram: `${Number((size.memory / 1024).toFixed(2))} GiB`,
    disk: `SSD (1 x ${size.disk})`,
    architecture: "amd64",
    pricePerHour: size.price_hourly,
    pricePerMonth: size.price_monthly,
    regions: regions.toSorted(),
  };
}
