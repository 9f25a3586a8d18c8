import { createHash } from "node:crypto";
import type { InstanceTypeInfo, IpPermission, Tag } from "@aws-sdk/client-ec2";
import type { Backing } from "../backing/backing.ts";
import type { TokenBucket } from "../bucket.ts";
import type { Clock } from "../clock.ts";
import { REGIONS, type RegionInfo } from "./catalogue.ts";

export type InstanceState = "pending" | "running" | "stopping" | "stopped" | "shutting-down" | "terminated";

/** Anything a region holds: seen by nobody until `visibleAt`, then with its tags. */
export type Resource = { id: string; createdAt: number; visibleAt: number; tags: Map<string, string> };

export type Instance = Resource & {
  state: InstanceState;
  /** When the present state ends, and what comes then. */
  next: { at: number; state: InstanceState } | null;
  reservationId: string;
  launchIndex: number;
  clientToken: string;
  type: InstanceTypeInfo;
  imageId: string;
  subnet: Subnet;
  groupIds: string[];
  keyName: string | null;
  userData: string;
  publicIp: string | null;
  privateIp: string;
  wantsPublicIp: boolean;
  interfaceId: string;
  volumeId: string;
  rootDeviceName: string;
  metadata: { httpTokens: "required" | "optional"; hopLimit: number };
  terminationProtected: boolean;
  deleteVolume: boolean;
  /** Its container has been made. */
  booted: boolean;
};
export type Volume = Resource & {
  sizeGib: number;
  encrypted: boolean;
  type: string;
  zone: string;
  instanceId: string | null;
};
export type Interface = Resource & { instanceId: string };
export type Vpc = Resource & { cidr: string; isDefault: boolean };
export type Subnet = Resource & { vpcId: string; zone: string; cidr: string; isDefault: boolean; mapPublicIp: boolean };
export type Gateway = Resource & { vpcId: string | null };
export type Route = { destination: string; gatewayId: string };
export type RouteTable = Resource & { vpcId: string; main: boolean; subnetIds: string[]; routes: Route[] };
export type SecurityGroup = Resource & { name: string; description: string; vpcId: string; rules: IpPermission[] };
export type KeyPair = Resource & { name: string; publicKey: string };
export type Launch = { fingerprint: string; instanceIds: string[] };

/** One account's view of one region. */
export type Region = {
  info: RegionInfo;
  instances: Map<string, Instance>;
  volumes: Map<string, Volume>;
  interfaces: Map<string, Interface>;
  vpcs: Map<string, Vpc>;
  subnets: Map<string, Subnet>;
  gateways: Map<string, Gateway>;
  routeTables: Map<string, RouteTable>;
  groups: Map<string, SecurityGroup>;
  keyPairs: Map<string, KeyPair>;
  /** By client token. */
  launches: Map<string, Launch>;
  buckets: Map<string, TokenBucket>;
};

export type Key = { secretKey: string; arn: string; sessionToken?: string; expiresAt?: number };
export type Account = { id: string; regions: Map<string, Region>; keys: Map<string, Key> };

/** What a test may set about how the cloud behaves; all may be changed while it runs. */
export type Behaviour = {
  bootMs: number;
  stopMs: number;
  terminateMs: number;
  /** How long a fresh resource is unknown to every other call. */
  consistencyLagMs: number;
  /** Running On-Demand vCPUs per account and region. */
  vcpuQuota: number;
  /** Free places by zone name, by instance type, or by "ZONE/TYPE"; absent: plenty. */
  capacity: Map<string, number>;
  /** "ZONE/TYPE" pairs that the zone does not offer at all. */
  unsupported: Set<string>;
  /** IAM actions that the keys may not do ("ec2:RunInstances"). */
  denied: Set<string>;
  /** Opt-in regions that the account has enabled. */
  optedIn: Set<string>;
  defaultVpc: boolean;
  throttling: boolean;
  /** At most this many in a page, whatever was asked. */
  pageLimit: number;
  /** Roles that may be assumed: ARN → the external id they demand. */
  roles: Map<string, string | undefined>;
};

export type World = {
  clock: Clock;
  behaviour: Behaviour;
  accounts: Account[];
  nextAddress: number;
  sequence: number;
  /** Where servers are containers; absent: they are only pretended. */
  backing: Backing | null;
};

/** A fresh id in EC2's form. */
export function freshId(world: World, prefix: string): string {
  world.sequence += 1;
  return `${prefix}-0${createHash("sha256").update(`${prefix}${world.sequence}`).digest("hex").slice(0, 16)}`;
}

/** The bookkeeping that every resource starts with. */
export function resource(world: World, prefix: string, tags: Tag[] = []): Resource {
  const now = world.clock.now();
  return {
    id: freshId(world, prefix),
    createdAt: now,
    visibleAt: now + world.behaviour.consistencyLagMs,
    tags: new Map(tags.map((tag) => [tag.Key ?? "", tag.Value ?? ""])),
  };
}

/** A loopback address that no other instance of this emulator has: 127.77.x.y. */
export function freshAddress(world: World): string {
  world.nextAddress = (world.nextAddress + 1) % 65_000;
  return `127.77.${world.nextAddress >> 8}.${world.nextAddress & 255}`;
}

export function isRegion(name: string): boolean {
  return REGIONS.some((region) => region.name === name);
}

export const tagList = (resource: Resource): Tag[] => [...resource.tags].map(([Key, Value]) => ({ Key, Value }));
