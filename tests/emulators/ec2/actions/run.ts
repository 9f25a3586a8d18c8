import { createHash } from "node:crypto";
import type { InstanceTypeInfo, Reservation, RunInstancesRequest } from "@aws-sdk/client-ec2";
import { ApiError } from "../api-error.ts";
import { INSTANCE_TYPES, imagesOf, offers } from "../catalogue.ts";
import { byId, type CallContext } from "../context.ts";
import { settle, travel } from "../lifecycle.ts";
import { takeResources } from "../throttle.ts";
import { freshAddress, freshId, type Instance, resource, type Subnet } from "../world.ts";
import { reservationAnswer } from "./instances.ts";
import { tagsFor } from "./tags.ts";

const MAX_USER_DATA_BYTES = 16_384;

/** A repeat with the same client token answers the first call's instances; with other parameters it is refused. */
export function RunInstances(ctx: CallContext, input: RunInstancesRequest): Reservation {
  settle(ctx);
  const token = input.ClientToken ?? "";
  const { ClientToken: _, ...parameters } = input;
  const fingerprint = createHash("sha256").update(JSON.stringify(parameters)).digest("hex");
  const earlier = ctx.region.launches.get(token);
  if (token && earlier) return repeat(ctx, earlier.instanceIds, earlier.fingerprint === fingerprint);
  const plan = planOf(ctx, input);
  const count = countOf(ctx, input, plan.type, plan.subnet);
  if (ctx.world.behaviour.throttling && !takeResources(ctx.region, "RunInstances", count, ctx.now)) {
    throw new ApiError("RequestLimitExceeded", "Request limit exceeded.", 503);
  }
  const reservationId = freshId(ctx.world, "r");
  const made = Array.from({ length: count }, (_, index) => make(ctx, input, plan, reservationId, index));
  if (token) ctx.region.launches.set(token, { fingerprint, instanceIds: made.map((instance) => instance.id) });
  return reservationAnswer(ctx, made);
}

function repeat(ctx: CallContext, ids: string[], same: boolean): Reservation {
  if (!same) {
    const message = "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).";
    throw new ApiError("IdempotentParameterMismatch", message);
  }
  const instances = ids.map((id) => ctx.region.instances.get(id));
  if (instances.some((one) => !one || one.state === "terminated" || one.state === "shutting-down")) {
    throw new ApiError("IdempotentInstanceTerminated", "The instances of the original request were terminated.");
  }
  return reservationAnswer(ctx, instances as Instance[]);
}

type Plan = { type: InstanceTypeInfo; subnet: Subnet; groupIds: string[]; publicIp: boolean; rootDeviceName: string };

function planOf(ctx: CallContext, input: RunInstancesRequest): Plan {
  const region = ctx.region;
  const type = INSTANCE_TYPES.find((one) => one.InstanceType === input.InstanceType);
  if (!type || !offers(region.info.name, type.InstanceType!)) {
    throw new ApiError("InvalidParameterValue", `Invalid value '${input.InstanceType}' for InstanceType.`);
  }
  const image = imagesOf(region.info.name).find((one) => one.ImageId === input.ImageId);
  if (!image) throw new ApiError("InvalidAMIID.NotFound", `The image id '[${input.ImageId}]' does not exist`);
  if (!type.ProcessorInfo!.SupportedArchitectures!.includes(image.Architecture!)) {
    const message = `The architecture '${type.ProcessorInfo!.SupportedArchitectures}' of the specified instance type does not match the architecture '${image.Architecture}' of the specified AMI.`;
    throw new ApiError("InvalidParameterValue", message);
  }
  if (Buffer.from(input.UserData ?? "", "base64").length > MAX_USER_DATA_BYTES) {
    throw new ApiError("InvalidParameterValue", "User data is limited to 16384 bytes");
  }
  if (
    input.KeyName &&
    ![...region.keyPairs.values()].some((pair) => pair.name === input.KeyName && pair.visibleAt <= ctx.now)
  ) {
    throw new ApiError("InvalidKeyPair.NotFound", `The key pair '${input.KeyName}' does not exist`);
  }
  const { subnet, groupIds, publicIp } = networkOf(ctx, input);
  return { type, subnet, groupIds, publicIp, rootDeviceName: image.RootDeviceName! };
}

function networkOf(ctx: CallContext, input: RunInstancesRequest) {
  const wanted = input.NetworkInterfaces?.[0];
  const subnetId = wanted?.SubnetId ?? input.SubnetId;
  const subnet = subnetId
    ? byId(ctx, ctx.region.subnets, [subnetId], "InvalidSubnetID.NotFound", "subnet")[0]!
    : [...ctx.region.subnets.values()].find((one) => one.isDefault);
  if (!subnet)
    throw new ApiError(
      "VPCIdNotSpecified",
      "No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.",
    );
  const groupIds = wanted?.Groups ?? input.SecurityGroupIds ?? [];
  for (const id of groupIds) {
    const group = ctx.region.groups.get(id);
    if (!group || group.visibleAt > ctx.now)
      throw new ApiError("InvalidGroup.NotFound", `The security group '${id}' does not exist`);
    if (group.vpcId !== subnet.vpcId) {
      throw new ApiError(
        "InvalidParameter",
        `Security group ${id} and subnet ${subnet.id} belong to different networks.`,
      );
    }
  }
  return { subnet, groupIds, publicIp: wanted?.AssociatePublicIpAddress ?? subnet.mapPublicIp };
}

/** How many can be had now: between MinCount and MaxCount as the quota and the zone's capacity allow. */
function countOf(ctx: CallContext, input: RunInstancesRequest, type: InstanceTypeInfo, subnet: Subnet): number {
  const { behaviour } = ctx.world;
  const name = type.InstanceType!;
  if (behaviour.unsupported.has(`${subnet.zone}/${name}`)) {
    const message = `Your requested instance type (${name}) is not supported in your requested Availability Zone (${subnet.zone}).`;
    throw new ApiError("Unsupported", message);
  }
  const running = [...ctx.region.instances.values()].filter((one) => ["pending", "running"].includes(one.state));
  const used = running.reduce((sum, one) => sum + one.type.VCpuInfo!.DefaultVCpus!, 0);
  const quota = Math.floor((behaviour.vcpuQuota - used) / type.VCpuInfo!.DefaultVCpus!);
  const [min, max] = [input.MinCount!, input.MaxCount!];
  if (quota < min) {
    const message = `You have requested more vCPU capacity than your current vCPU limit of ${behaviour.vcpuQuota} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`;
    throw new ApiError("VcpuLimitExceeded", message);
  }
  const keys = [subnet.zone, name, `${subnet.zone}/${name}`];
  const free = Math.min(...keys.map((key) => behaviour.capacity.get(key) ?? Number.POSITIVE_INFINITY));
  if (free < min) {
    const message = `We currently do not have sufficient ${name} capacity in the Availability Zone you requested (${subnet.zone}).`;
    throw new ApiError("InsufficientInstanceCapacity", message, 500);
  }
  const count = Math.min(max, quota, free);
  for (const key of keys) {
    const left = behaviour.capacity.get(key);
    if (left !== undefined) behaviour.capacity.set(key, left - count);
  }
  return count;
}

function make(
  ctx: CallContext,
  input: RunInstancesRequest,
  plan: Plan,
  reservationId: string,
  index: number,
): Instance {
  const { world, region } = ctx;
  const disk = input.BlockDeviceMappings?.find((one) => one.DeviceName === plan.rootDeviceName)?.Ebs;
  const base = resource(world, "i", tagsFor(input.TagSpecifications, "instance"));
  const volume = {
    ...resource(world, "vol", tagsFor(input.TagSpecifications, "volume")),
    sizeGib: disk?.VolumeSize ?? 8,
    encrypted: disk?.Encrypted ?? false,
    type: disk?.VolumeType ?? "gp2",
    zone: plan.subnet.zone,
    instanceId: base.id,
  };
  const card = {
    ...resource(world, "eni", tagsFor(input.TagSpecifications, "network-interface")),
    instanceId: base.id,
  };
  region.volumes.set(volume.id, volume);
  region.interfaces.set(card.id, card);
  const instance: Instance = {
    ...base,
    state: "pending",
    next: null,
    reservationId,
    launchIndex: index,
    clientToken: input.ClientToken ?? "",
    type: plan.type,
    imageId: input.ImageId!,
    subnet: plan.subnet,
    groupIds: plan.groupIds,
    keyName: input.KeyName ?? null,
    userData: Buffer.from(input.UserData ?? "", "base64").toString(),
    publicIp: plan.publicIp ? freshAddress(world) : null,
    privateIp: `172.31.${(world.sequence >> 8) & 255}.${world.sequence & 255}`,
    wantsPublicIp: plan.publicIp,
    interfaceId: card.id,
    volumeId: volume.id,
    rootDeviceName: plan.rootDeviceName,
    metadata: {
      httpTokens: input.MetadataOptions?.HttpTokens === "required" ? "required" : "optional",
      hopLimit: input.MetadataOptions?.HttpPutResponseHopLimit ?? 2,
    },
    terminationProtected: input.DisableApiTermination ?? false,
    deleteVolume: disk?.DeleteOnTermination ?? true,
    booted: false,
  };
  region.instances.set(instance.id, instance);
  travel(world, instance, "pending", "running", world.behaviour.bootMs);
  return instance;
}
