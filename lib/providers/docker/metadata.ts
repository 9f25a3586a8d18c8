import type Docker from "dockerode";
import { type Identity, type Metadata, ProviderError, type Size } from "../provider.ts";
import type { Link } from "./connect.ts";

/** An engine is one place, and keeps this name when its host gets another. */
export const REGION = "local";

const GIBIBYTE = 1024 ** 3;
const OFFERED = [
  { id: "small", cores: 1, gibibytes: 1 },
  { id: "medium", cores: 2, gibibytes: 2 },
  { id: "large", cores: 4, gibibytes: 4 },
  { id: "xlarge", cores: 8, gibibytes: 8 },
];

export type EngineInfo = {
  /** Kept in the engine's data root, so a wiped one is another; Podman makes up one for every answer. */
  ID?: string;
  /** Podman alone has it. */
  BuildahVersion?: string;
  Name?: string;
  ServerVersion?: string;
  OperatingSystem?: string;
  OSType?: string;
  Architecture?: string;
  NCPU?: number;
  MemTotal?: number;
  CpuCfsQuota?: boolean;
};

export function assertRegion(region: string): void {
  if (region !== REGION) throw new ProviderError("invalid", `A Docker engine has one region, ${REGION}.`);
}

/** Throws ProviderError "invalid" where what answers is no Docker engine that runs Linux containers. */
export async function engineInfo(docker: Docker): Promise<EngineInfo> {
  const info = (await docker.info()) as EngineInfo | null;
  if (!info || typeof info.ServerVersion !== "string") {
    throw new ProviderError("invalid", "What answers there is not a Docker engine.");
  }
  if (info.OSType && info.OSType !== "linux") {
    throw new ProviderError("invalid", `The Docker engine runs ${info.OSType} containers; Linux ones are needed.`);
  }
  return info;
}

export function verify(link: Link, signal: AbortSignal): Promise<Identity> {
  return link.use(signal, async (docker) => {
    await docker.ping();
    const info = await engineInfo(docker);
    const account = (!info.BuildahVersion && info.ID) || info.Name || link.settings.host;
    return { account, description: `Docker ${info.ServerVersion} on ${info.Name ?? link.settings.host}` };
  });
}

export function metadata(link: Link, signal: AbortSignal): Promise<Metadata> {
  return link.use(signal, async (docker) => {
    const info = await engineInfo(docker);
    const location = { name: slug(info.Name ?? REGION), endpoint: link.settings.host, available: true };
    return { locations: { [REGION]: location }, sizes: { Container: sizes(info) } };
  });
}

/** A size's cores and GiB, whether or not this engine offers it; undefined for none of ours. */
export const shapeOf = (size: string) => OFFERED.find(({ id }) => id === size);

/** What a size limits a container to: whole cores and bytes; throws ProviderError "invalid" for one not offered. */
export function limitsOf(info: EngineInfo, size: string): { cores: number; memoryBytes: number } {
  const found = offered(info).find((entry) => entry.id === size);
  if (!found) {
    const names = offered(info).map((entry) => entry.id);
    throw new ProviderError("invalid", `This Docker engine has no size ${size}, only ${names.join(", ")}.`);
  }
  return { cores: found.cores, memoryBytes: found.gibibytes * GIBIBYTE };
}

function sizes(info: EngineInfo): Record<string, Size> {
  const architecture = architectureOf(info);
  return Object.fromEntries(
    offered(info).map(({ id, cores, gibibytes }) => [
      id,
      { id, cores: String(cores), ram: `${gibibytes} GiB`, disk: "shared", ...(architecture && { architecture }) },
    ]),
  );
}

/** The smallest is offered by every engine; a bit of memory is always the kernel's own. */
function offered({ NCPU = 1, MemTotal = 0 }: EngineInfo) {
  const fits = (entry: (typeof OFFERED)[number]) => entry.cores <= NCPU && entry.gibibytes * GIBIBYTE <= MemTotal * 1.1;
  return OFFERED.filter((entry, index) => index === 0 || fits(entry));
}

function architectureOf(info: EngineInfo): Size["architecture"] {
  if (info.Architecture === "x86_64" || info.Architecture === "amd64") return "amd64";
  return info.Architecture === "aarch64" || info.Architecture === "arm64" ? "arm64" : undefined;
}

const slug = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63) || REGION;
