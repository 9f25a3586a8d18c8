import type {
  AuthorizeSecurityGroupIngressRequest,
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  DeleteSecurityGroupRequest,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  IpPermission,
  RevokeSecurityGroupIngressRequest,
} from "@aws-sdk/client-ec2";
import { ApiError } from "../api-error.ts";
import { byId, type CallContext, visible } from "../context.ts";
import { page, passes } from "../filter.ts";
import { resource, type SecurityGroup, tagList } from "../world.ts";
import { tagsFor } from "./tags.ts";

const RULES_PER_GROUP = 60;

const groupById = (ctx: CallContext, id: string) => {
  const group = ctx.region.groups.get(id);
  if (!group || group.visibleAt > ctx.now) {
    throw new ApiError("InvalidGroup.NotFound", `The security group '${id}' does not exist`);
  }
  return group;
};

export function CreateSecurityGroup(ctx: CallContext, input: CreateSecurityGroupRequest): CreateSecurityGroupResult {
  const [vpc] = byId(ctx, ctx.region.vpcs, [input.VpcId ?? ""], "InvalidVpcID.NotFound", "vpc");
  const name = input.GroupName ?? "";
  if (!/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(name) || name.startsWith("sg-")) {
    throw new ApiError("InvalidParameterValue", `Value (${name}) for parameter GroupName is invalid.`);
  }
  if ([...ctx.region.groups.values()].some((group) => group.vpcId === vpc!.id && group.name === name)) {
    throw new ApiError("InvalidGroup.Duplicate", `The security group '${name}' already exists for VPC '${vpc!.id}'`);
  }
  const base = resource(ctx.world, "sg", tagsFor(input.TagSpecifications, "security-group"));
  const group = { ...base, name, description: input.Description ?? "", vpcId: vpc!.id, rules: [] };
  ctx.region.groups.set(group.id, group);
  return { GroupId: group.id, Tags: tagList(group) };
}

export function DescribeSecurityGroups(
  ctx: CallContext,
  input: DescribeSecurityGroupsRequest,
): DescribeSecurityGroupsResult {
  for (const id of input.GroupIds ?? []) groupById(ctx, id);
  const found = visible(ctx, ctx.region.groups).filter(
    (group) =>
      (!input.GroupIds || input.GroupIds.includes(group.id)) &&
      passes(group, input.Filters, {
        "group-name": (one) => [one.name],
        "group-id": (one) => [one.id],
        "vpc-id": (one) => [one.vpcId],
      }),
  );
  const { items, NextToken } = page(found, input, ctx.world.behaviour.pageLimit);
  return { SecurityGroups: items.map((group) => answer(ctx, group)), NextToken };
}

function answer(ctx: CallContext, group: SecurityGroup) {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    OwnerId: ctx.account.id,
    VpcId: group.vpcId,
    IpPermissions: merge(group.rules),
    IpPermissionsEgress: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    Tags: tagList(group),
  };
}

/** One rule for each source; EC2 gives those of one protocol and port range together. */
function atoms(permissions: IpPermission[], ownerId: string): IpPermission[] {
  return permissions.flatMap(({ IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], ...ports }) => [
    ...IpRanges.map((range) => ({ ...ports, IpRanges: [range] })),
    ...Ipv6Ranges.map((range) => ({ ...ports, Ipv6Ranges: [range] })),
    ...UserIdGroupPairs.map(({ GroupId }) => ({ ...ports, UserIdGroupPairs: [{ GroupId, UserId: ownerId }] })),
  ]);
}

const portsOf = (rule: IpPermission) => `${rule.IpProtocol}/${rule.FromPort ?? ""}-${rule.ToPort ?? ""}`;
const sourceOf = (rule: IpPermission) =>
  rule.IpRanges?.[0]?.CidrIp ?? rule.Ipv6Ranges?.[0]?.CidrIpv6 ?? rule.UserIdGroupPairs?.[0]?.GroupId;
const same = (a: IpPermission, b: IpPermission) => portsOf(a) === portsOf(b) && sourceOf(a) === sourceOf(b);

function merge(rules: IpPermission[]): IpPermission[] {
  return [...Map.groupBy(rules, portsOf).values()].map((group) => {
    const { IpProtocol, FromPort, ToPort } = group[0]!;
    return {
      IpProtocol,
      FromPort,
      ToPort,
      IpRanges: group.flatMap((rule) => rule.IpRanges ?? []),
      Ipv6Ranges: group.flatMap((rule) => rule.Ipv6Ranges ?? []),
      UserIdGroupPairs: group.flatMap((rule) => rule.UserIdGroupPairs ?? []),
    };
  });
}

export function AuthorizeSecurityGroupIngress(ctx: CallContext, input: AuthorizeSecurityGroupIngressRequest) {
  const group = groupById(ctx, input.GroupId ?? "");
  const added = atoms(input.IpPermissions ?? [], ctx.account.id);
  for (const rule of added) {
    if (group.rules.some((known) => same(known, rule))) {
      const words = `peer: ${sourceOf(rule)}, ${rule.IpProtocol}, from port: ${rule.FromPort}, to port: ${rule.ToPort}, ALLOW`;
      throw new ApiError("InvalidPermission.Duplicate", `the specified rule "${words}" already exists`);
    }
  }
  if (group.rules.length + added.length > RULES_PER_GROUP) {
    throw new ApiError(
      "RulesPerSecurityGroupLimitExceeded",
      "The maximum number of rules per security group has been reached.",
    );
  }
  group.rules.push(...added);
  return { Return: true };
}

export function RevokeSecurityGroupIngress(ctx: CallContext, input: RevokeSecurityGroupIngressRequest) {
  const group = groupById(ctx, input.GroupId ?? "");
  const gone = atoms(input.IpPermissions ?? [], ctx.account.id);
  if (!gone.every((rule) => group.rules.some((known) => same(known, rule)))) {
    throw new ApiError("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
  }
  group.rules = group.rules.filter((known) => !gone.some((rule) => same(known, rule)));
  return { Return: true };
}

export function DeleteSecurityGroup(ctx: CallContext, input: DeleteSecurityGroupRequest) {
  const group = groupById(ctx, input.GroupId ?? "");
  if (group.name === "default")
    throw new ApiError("CannotDelete", "the specified group: default cannot be deleted by a user");
  const users = [...ctx.region.instances.values()].some(
    (instance) => instance.state !== "terminated" && instance.groupIds.includes(group.id),
  );
  if (users) throw new ApiError("DependencyViolation", `resource ${group.id} has a dependent object`);
  ctx.region.groups.delete(group.id);
  return { Return: true };
}
