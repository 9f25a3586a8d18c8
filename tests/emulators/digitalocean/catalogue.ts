/** Regions and sizes as the public API words them; a selection. */
export const REGIONS = [
  { slug: "nyc1", name: "New York 1", available: true },
  { slug: "nyc3", name: "New York 3", available: true },
  { slug: "ams3", name: "Amsterdam 3", available: true },
  { slug: "fra1", name: "Frankfurt 1", available: true },
  { slug: "sgp1", name: "Singapore 1", available: true },
  { slug: "nyc2", name: "New York 2", available: false },
];

type Row = [
  slug: string,
  description: string,
  vcpus: number,
  mib: number,
  gib: number,
  monthly: number,
  regions?: string[],
];

const ROWS: Row[] = [
  ["s-1vcpu-512mb-10gb", "Basic", 1, 512, 10, 4],
  ["s-1vcpu-1gb", "Basic", 1, 1024, 25, 6],
  ["s-1vcpu-2gb", "Basic", 1, 2048, 50, 12],
  ["s-2vcpu-2gb", "Basic", 2, 2048, 60, 18],
  ["s-2vcpu-4gb", "Basic", 2, 4096, 80, 24],
  ["s-4vcpu-8gb", "Basic", 4, 8192, 160, 48],
  ["g-2vcpu-8gb", "General Purpose", 2, 8192, 25, 63, ["nyc1", "nyc3", "ams3"]],
  ["c-2", "CPU-Optimized", 2, 4096, 25, 42],
  ["m-2vcpu-16gb", "Memory-Optimized", 2, 16384, 50, 84, ["nyc3", "fra1"]],
];

const open = REGIONS.filter((region) => region.available).map((region) => region.slug);

export const SIZES = ROWS.map(([slug, description, vcpus, memory, disk, monthly, regions = open]) => ({
  slug,
  description,
  vcpus,
  memory,
  disk,
  transfer: Math.max(0.5, memory / 1024),
  price_monthly: monthly,
  price_hourly: Number((monthly / 672).toFixed(5)),
  regions,
  available: true,
}));

export const IMAGES = new Set(["debian-12-x64", "ubuntu-24-04-x64"]);

export const regionAnswer = (region: (typeof REGIONS)[number]) => ({
  ...region,
  features: ["backups", "ipv6", "metadata"],
  sizes: SIZES.filter((size) => size.regions.includes(region.slug)).map((size) => size.slug),
});
