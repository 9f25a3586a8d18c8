import { createHash } from "node:crypto";
import type { _InstanceType, RunInstancesCommandInput } from "@aws-sdk/client-ec2";
import { firstBoot } from "../first-boot.ts";
import type { EnvironmentSpec, ServerSpec } from "../provider.ts";
import type { FoundImage } from "./image.ts";
import { keyName } from "./key.ts";
import type { Batch } from "./launch-memory.ts";
import { environmentTags, nodeTags, specification } from "./tags.ts";

const MAX_USER_DATA_BYTES = 16_384;
const MAX_SERVERS = 100;

export type Place = { environment: EnvironmentSpec; groupId: string; image: FoundImage; diskGib: number };

/** Parts specs that one call could launch into as many as its user data has room for, in their order. */
export function chunks(specs: ServerSpec[]): ServerSpec[][] {
  const parts: ServerSpec[][] = [];
  for (const spec of specs) {
    const last = parts.at(-1);
    if (last && last.length < MAX_SERVERS && userData([...last, spec]).length <= MAX_USER_DATA_BYTES) last.push(spec);
    else parts.push([spec]);
  }
  return parts;
}

const userData = (specs: ServerSpec[]) =>
  firstBoot(
    specs.map((spec, index) => [String(index), spec]),
    "launch-index",
  );

/** The same attempts in the same order and subnet have the same token, in whatever process. */
export function tokenOf(specs: ServerSpec[], subnetId: string): string {
  const text = [subnetId, ...specs.map(({ attempt }) => attempt)].join(" ");
  return createHash("sha256").update(text).digest("hex").slice(0, 64);
}

/**
 * One call for all of these specs, of one size, in one subnet: as many of them as can be had, none of them twice.
 * Everything is tagged as it is made; the root volume is encrypted gp3 and goes with its server; IMDSv2 alone.
 */
export function batchOf({ environment, groupId, image, diskGib }: Place, specs: ServerSpec[], subnetId: string): Batch {
  const tags = environmentTags(environment, specs.length === 1 ? specs[0]!.name : environment.name);
  const instanceTags = [...tags, ...nodeTags(specs)];
  const input: RunInstancesCommandInput = {
    ClientToken: tokenOf(specs, subnetId),
    MinCount: 1,
    MaxCount: specs.length,
    ImageId: image.id,
    InstanceType: specs[0]!.size as _InstanceType,
    KeyName: keyName(environment),
    UserData: Buffer.from(userData(specs)).toString("base64"),
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        SubnetId: subnetId,
        Groups: [groupId],
        AssociatePublicIpAddress: true,
        DeleteOnTermination: true,
      },
    ],
    BlockDeviceMappings: [
      {
        DeviceName: image.rootDevice,
        Ebs: {
          VolumeSize: diskGib,
          VolumeType: "gp3",
          Encrypted: true,
          DeleteOnTermination: true,
        },
      },
    ],
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1, HttpEndpoint: "enabled" },
    TagSpecifications: [
      specification("instance", instanceTags),
      specification("volume", tags),
      specification("network-interface", tags),
    ],
  };
  return { input, specs };
}
