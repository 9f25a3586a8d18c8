import type { InstanceTypeInfo } from "@aws-sdk/client-ec2";
import type { Size } from "../provider.ts";

// https://aws.amazon.com/ec2/instance-types/ ; "Cluster CPU" is what the first cluster sizes were sold as.
const FAMILIES: [pattern: RegExp, name: string][] = [
  [/^(cc|cg|cr)\d/, "Cluster CPU"],
  [/^hpc/, "High Performance Computing"],
  [/^(p|g|gr|inf|trn|dl|f|vt)\d/, "Accelerated Computing"],
  [/^(is|im|i|d|h)\d/, "Storage Optimized"],
  [/^(r|x|z|u)/, "Memory Optimized"],
  [/^c\d/, "Compute Optimized"],
  [/./, "General Purpose"],
];

export function familyOf(size: string): string {
  return FAMILIES.find(([pattern]) => pattern.test(size))![1];
}

/** A type in the reference's words; null for what our images do not run on. */
export function sizeOf(type: InstanceTypeInfo): Size | null {
  const architecture = architectureOf(type);
  if (!architecture || !type.InstanceType) return null;
  return {
    id: type.InstanceType,
    cores: String(type.VCpuInfo?.DefaultVCpus ?? "?"),
    ram: `${Number(((type.MemoryInfo?.SizeInMiB ?? 0) / 1024).toFixed(2))} GiB`,
    disk: diskOf(type),
    architecture,
  };
}

/** The architecture whose images a type boots; a type that takes 32-bit ones as well counts as amd64. */
export function architectureOf(type: InstanceTypeInfo): "amd64" | "arm64" | null {
  const supported = type.ProcessorInfo?.SupportedArchitectures ?? [];
  if (supported.includes("x86_64")) return "amd64";
  return supported.includes("arm64") ? "arm64" : null;
}

function diskOf(type: InstanceTypeInfo): string {
  const disks = type.InstanceStorageInfo?.Disks ?? [];
  if (disks.length === 0) return "EBS only";
  const words = disks.map(({ Count = 1, SizeInGB = 0, Type }) =>
    Type === "hdd" ? `${Count * SizeInGB} GiB (${Count} x ${SizeInGB} GiB)` : `SSD (${Count} x ${SizeInGB})`,
  );
  return words.join(", ");
}
