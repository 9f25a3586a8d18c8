import type { Image, InstanceTypeInfo } from "@aws-sdk/client-ec2";

export type RegionInfo = { name: string; zones: string[]; optIn: boolean };

const region = (name: string, zones: string, optIn = false): RegionInfo => ({
  name,
  zones: [...zones].map((letter) => name + letter),
  optIn,
});

export const REGIONS: RegionInfo[] = [
  region("us-east-1", "abcdf"),
  region("us-east-2", "abc"),
  region("us-west-2", "abcd"),
  region("eu-west-1", "abc"),
  region("eu-central-1", "abc"),
  region("ap-northeast-1", "acd"),
  region("af-south-1", "abc", true),
];

type Row = [
  name: string,
  vcpus: number,
  mib: number,
  arch: "x86_64" | "arm64",
  disk?: [gib: number, count: number, type: "ssd" | "hdd"],
];

const ROWS: Row[] = [
  ["t3.micro", 2, 1024, "x86_64"],
  ["t3.small", 2, 2048, "x86_64"],
  ["t3.medium", 2, 4096, "x86_64"],
  ["t3.large", 2, 8192, "x86_64"],
  ["t4g.micro", 2, 1024, "arm64"],
  ["t4g.small", 2, 2048, "arm64"],
  ["m3.large", 2, 7680, "x86_64", [32, 1, "ssd"]],
  ["m5.large", 2, 8192, "x86_64"],
  ["m5.xlarge", 4, 16384, "x86_64"],
  ["m6g.large", 2, 8192, "arm64"],
  ["c5.large", 2, 4096, "x86_64"],
  ["r5.large", 2, 16384, "x86_64"],
  ["i3.large", 2, 15616, "x86_64", [475, 1, "ssd"]],
  ["d2.xlarge", 4, 31232, "x86_64", [2048, 3, "hdd"]],
  ["p3.2xlarge", 8, 62464, "x86_64"],
];

export const INSTANCE_TYPES: InstanceTypeInfo[] = ROWS.map(([name, vcpus, mib, arch, disk]) => ({
  InstanceType: name as InstanceTypeInfo["InstanceType"],
  CurrentGeneration: !name.startsWith("m3"),
  SupportedUsageClasses: ["on-demand", "spot"],
  SupportedRootDeviceTypes: ["ebs"],
  SupportedVirtualizationTypes: ["hvm"],
  BareMetal: false,
  ProcessorInfo: { SupportedArchitectures: [arch], SustainedClockSpeedInGhz: 2.5 },
  VCpuInfo: { DefaultVCpus: vcpus, DefaultCores: Math.max(1, vcpus / 2), DefaultThreadsPerCore: 2 },
  MemoryInfo: { SizeInMiB: mib },
  InstanceStorageSupported: disk !== undefined,
  InstanceStorageInfo: disk && {
    TotalSizeInGB: disk[0] * disk[1],
    Disks: [{ SizeInGB: disk[0], Count: disk[1], Type: disk[2] }],
  },
}));

/** Types that only some regions have. */
export const ONLY_IN: Record<string, string[]> = {
  "p3.2xlarge": ["us-east-1", "us-west-2"],
  "m3.large": ["us-east-1"],
};

export const offers = (region: string, type: string) => !ONLY_IN[type] || ONLY_IN[type].includes(region);

export const DEBIAN_OWNER = "136693071363";
export const CANONICAL_OWNER = "099720109477";

/** The two publishers' images of a region, one per architecture, with an older one of each that must not be taken. */
export function imagesOf(region: string): Image[] {
  return [
    ...(["x86_64", "arm64"] as const).flatMap((arch) => {
      const short = arch === "x86_64" ? "amd64" : "arm64";
      return [
        image(region, DEBIAN_OWNER, `debian-12-${short}-20260901-2222`, arch, "/dev/xvda", "2026-09-01T09:00:00.000Z"),
        image(region, DEBIAN_OWNER, `debian-12-${short}-20260301-2111`, arch, "/dev/xvda", "2026-03-01T09:00:00.000Z"),
        image(
          region,
          CANONICAL_OWNER,
          `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-${short}-server-20260915`,
          arch,
          "/dev/sda1",
          "2026-09-15T09:00:00.000Z",
        ),
      ];
    }),
  ];
}

function image(
  region: string,
  owner: string,
  name: string,
  arch: "x86_64" | "arm64",
  root: string,
  created: string,
): Image {
  let sum = 0n;
  for (const character of `${region}/${name}`) sum = (sum * 131n + BigInt(character.charCodeAt(0))) % 2n ** 60n;
  return {
    ImageId: `ami-0${sum.toString(16).padStart(16, "0").slice(-16)}`,
    OwnerId: owner,
    Name: name,
    Architecture: arch,
    RootDeviceName: root,
    RootDeviceType: "ebs",
    State: "available",
    VirtualizationType: "hvm",
    ImageType: "machine",
    Public: true,
    EnaSupport: true,
    CreationDate: created,
    BlockDeviceMappings: [{ DeviceName: root, Ebs: { SnapshotId: "snap-0123456789abcdef0", VolumeSize: 8 } }],
  };
}

/** Images that the publishers name by a public SSM parameter. */
export function imageParameter(region: string, name: string): string | null {
  const debian = /^\/aws\/service\/debian\/release\/12\/latest\/(amd64|arm64)$/.exec(name);
  const ubuntu =
    /^\/aws\/service\/canonical\/ubuntu\/server\/24\.04\/stable\/current\/(amd64|arm64)\/hvm\/ebs-gp3\/ami-id$/.exec(
      name,
    );
  const prefix = debian
    ? `debian-12-${debian[1]}-`
    : ubuntu
      ? `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-${ubuntu[1]}-`
      : null;
  return prefix ? (imagesOf(region).find((one) => one.Name?.startsWith(prefix))?.ImageId ?? null) : null;
}

/** On-demand Linux prices in US dollars per hour; invented for the emulator alone. */
export function priceOf(region: string, type: string): number {
  const row = ROWS.find(([name]) => name === type);
  const base = row ? row[1] * 0.02 + row[2] / 100_000 : 0;
  return Number((base * (region.startsWith("us-") ? 1 : 1.15)).toFixed(4));
}
