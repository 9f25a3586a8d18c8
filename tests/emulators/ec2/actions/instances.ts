import type * as ec2 from "@aws-sdk/client-ec2";
import { ApiError } from "../api-error.ts";
import { byId, type CallContext, visible } from "../context.ts";
import { page, passes } from "../filter.ts";
import { settle, travel } from "../lifecycle.ts";
import { takeResources } from "../throttle.ts";
import { freshAddress, type Instance, type InstanceState, tagList } from "../world.ts";

const STATE_CODES: Record<InstanceState, number> = {
  pending: 0,
  running: 16,
  "shutting-down": 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};
const state = (name: InstanceState) => ({ Code: STATE_CODES[name], Name: name });

export function instanceAnswer(ctx: CallContext, instance: Instance): ec2.Instance {
  const alive = instance.state !== "terminated";
  const groups = instance.groupIds.map((GroupId) => ({ GroupId, GroupName: ctx.region.groups.get(GroupId)?.name }));
  const publicIp = instance.state === "pending" ? undefined : (instance.publicIp ?? undefined);
  return {
    InstanceId: instance.id,
    ImageId: instance.imageId,
    InstanceType: instance.type.InstanceType,
    Architecture: instance.type.ProcessorInfo!.SupportedArchitectures![0] as "x86_64",
    AmiLaunchIndex: instance.launchIndex,
    ClientToken: instance.clientToken,
    KeyName: instance.keyName ?? undefined,
    LaunchTime: new Date(instance.createdAt),
    State: state(instance.state),
    Placement: { AvailabilityZone: instance.subnet.zone, Tenancy: "default" },
    SubnetId: alive ? instance.subnet.id : undefined,
    VpcId: alive ? instance.subnet.vpcId : undefined,
    PrivateIpAddress: alive ? instance.privateIp : undefined,
    PublicIpAddress: alive ? publicIp : undefined,
    SecurityGroups: alive ? groups : [],
    RootDeviceName: instance.rootDeviceName,
    RootDeviceType: "ebs",
    BlockDeviceMappings: alive
      ? [{ DeviceName: instance.rootDeviceName, Ebs: { VolumeId: instance.volumeId, Status: "attached" } }]
      : [],
    MetadataOptions: {
      State: "applied",
      HttpTokens: instance.metadata.httpTokens,
      HttpPutResponseHopLimit: instance.metadata.hopLimit,
      HttpEndpoint: "enabled",
    },
    NetworkInterfaces: alive ? [{ NetworkInterfaceId: instance.interfaceId, SubnetId: instance.subnet.id }] : [],
    Tags: tagList(instance),
  };
}

export function reservationAnswer(ctx: CallContext, instances: Instance[]): ec2.Reservation {
  return {
    ReservationId: instances[0]!.reservationId,
    OwnerId: ctx.account.id,
    Instances: instances.map((instance) => instanceAnswer(ctx, instance)),
  };
}

export function DescribeInstances(ctx: CallContext, input: ec2.DescribeInstancesRequest): ec2.DescribeInstancesResult {
  settle(ctx);
  if (input.InstanceIds) instancesById(ctx, input.InstanceIds);
  if (input.InstanceIds && input.MaxResults) {
    throw new ApiError(
      "InvalidParameterCombination",
      "The parameter instancesSet cannot be used with the parameter maxResults",
    );
  }
  const found = visible(ctx, ctx.region.instances).filter(
    (instance) =>
      (!input.InstanceIds || input.InstanceIds.includes(instance.id)) &&
      passes(instance, input.Filters, {
        "instance-id": (one) => [one.id],
        "instance-state-name": (one) => [one.state],
        "client-token": (one) => [one.clientToken],
        "vpc-id": (one) => [one.subnet.vpcId],
      }),
  );
  const { items, NextToken } = page(found, input, ctx.world.behaviour.pageLimit);
  const byReservation = Map.groupBy(items, (instance) => instance.reservationId);
  return { Reservations: [...byReservation.values()].map((group) => reservationAnswer(ctx, group)), NextToken };
}

const instancesById = (ctx: CallContext, ids: string[]) => {
  for (const id of ids) {
    if (!/^i-[0-9a-f]{8,17}$/.test(id)) throw new ApiError("InvalidInstanceID.Malformed", `Invalid id: "${id}"`);
  }
  return byId(ctx, ctx.region.instances, ids, "InvalidInstanceID.NotFound", "instance");
};

/** The instances that a call may change, with its resource tokens taken. */
function prepareChange(ctx: CallContext, action: string, ids: string[] = []): Instance[] {
  settle(ctx);
  const instances = instancesById(ctx, ids);
  if (ctx.world.behaviour.throttling && !takeResources(ctx.region, action, ids.length, ctx.now)) {
    throw new ApiError("RequestLimitExceeded", "Request limit exceeded.", 503);
  }
  return instances;
}

/** Moves those that are in one of `from` through `via` to `to`; answers every change. */
function change(
  ctx: CallContext,
  all: Instance[],
  from: InstanceState[],
  via: InstanceState,
  to: InstanceState,
  ms: number,
) {
  return all.map((instance) => {
    const previous = instance.state;
    if (from.includes(previous)) {
      travel(ctx.world, instance, via, to, ms);
    }
    return { InstanceId: instance.id, PreviousState: state(previous), CurrentState: state(instance.state) };
  });
}

function refuse(all: Instance[], states: InstanceState[], verb: string): void {
  const wrong = all.find((instance) => states.includes(instance.state));
  if (!wrong) return;
  const message = `The instance '${wrong.id}' is not in a state from which it can be ${verb}.`;
  throw new ApiError("IncorrectInstanceState", message);
}

export function StartInstances(ctx: CallContext, input: ec2.StartInstancesRequest): ec2.StartInstancesResult {
  const all = prepareChange(ctx, "StartInstances", input.InstanceIds);
  refuse(all, ["stopping", "shutting-down", "terminated"], "started");
  for (const instance of all) {
    if (instance.state === "stopped" && instance.wantsPublicIp) instance.publicIp = freshAddress(ctx.world);
  }
  return { StartingInstances: change(ctx, all, ["stopped"], "pending", "running", ctx.world.behaviour.bootMs) };
}

export function StopInstances(ctx: CallContext, input: ec2.StopInstancesRequest): ec2.StopInstancesResult {
  const all = prepareChange(ctx, "StopInstances", input.InstanceIds);
  refuse(all, ["pending", "shutting-down", "terminated"], "stopped");
  return { StoppingInstances: change(ctx, all, ["running"], "stopping", "stopped", ctx.world.behaviour.stopMs) };
}

export function TerminateInstances(
  ctx: CallContext,
  input: ec2.TerminateInstancesRequest,
): ec2.TerminateInstancesResult {
  const all = prepareChange(ctx, "TerminateInstances", input.InstanceIds);
  const protectedOne = all.find((instance) => instance.terminationProtected);
  if (protectedOne) {
    const message = `The instance '${protectedOne.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`;
    throw new ApiError("OperationNotPermitted", message);
  }
  const from: InstanceState[] = ["pending", "running", "stopping", "stopped"];
  return {
    TerminatingInstances: change(ctx, all, from, "shutting-down", "terminated", ctx.world.behaviour.terminateMs),
  };
}
