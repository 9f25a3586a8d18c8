import type * as ec2 from "@aws-sdk/client-ec2";
import { ApiError } from "../api-error.ts";
import { byId, type CallContext, visible } from "../context.ts";
import { passes } from "../filter.ts";
import { resource, tagList } from "../world.ts";
import { tagsFor } from "./tags.ts";

const VPCS_PER_REGION = 5;

const vpcById = (ctx: CallContext, id = "") => byId(ctx, ctx.region.vpcs, [id], "InvalidVpcID.NotFound", "vpc")[0]!;
const gatewayById = (ctx: CallContext, id = "") =>
  byId(ctx, ctx.region.gateways, [id], "InvalidInternetGatewayID.NotFound", "internetGateway")[0]!;

export function DescribeVpcs(ctx: CallContext, input: ec2.DescribeVpcsRequest): ec2.DescribeVpcsResult {
  if (input.VpcIds) byId(ctx, ctx.region.vpcs, input.VpcIds, "InvalidVpcID.NotFound", "vpc");
  const Vpcs = visible(ctx, ctx.region.vpcs)
    .filter(
      (vpc) =>
        (!input.VpcIds || input.VpcIds.includes(vpc.id)) &&
        passes(vpc, input.Filters, { "is-default": (one) => [String(one.isDefault)], "vpc-id": (one) => [one.id] }),
    )
    .map((vpc) => ({
      VpcId: vpc.id,
      CidrBlock: vpc.cidr,
      IsDefault: vpc.isDefault,
      State: "available" as const,
      OwnerId: ctx.account.id,
      Tags: tagList(vpc),
    }));
  return { Vpcs };
}

export function CreateVpc(ctx: CallContext, input: ec2.CreateVpcRequest): ec2.CreateVpcResult {
  if (ctx.region.vpcs.size >= VPCS_PER_REGION) {
    throw new ApiError("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
  }
  const base = resource(ctx.world, "vpc", tagsFor(input.TagSpecifications, "vpc"));
  const vpc = { ...base, cidr: input.CidrBlock ?? "", isDefault: false };
  ctx.region.vpcs.set(vpc.id, vpc);
  const routes = [{ destination: vpc.cidr, gatewayId: "local" }];
  const table = { ...resource(ctx.world, "rtb"), vpcId: vpc.id, main: true, subnetIds: [], routes };
  ctx.region.routeTables.set(table.id, table);
  const group = { ...resource(ctx.world, "sg"), name: "default", description: "default", vpcId: vpc.id, rules: [] };
  ctx.region.groups.set(group.id, group);
  return { Vpc: { VpcId: vpc.id, CidrBlock: vpc.cidr, IsDefault: false, State: "pending" } };
}

export function DeleteVpc(ctx: CallContext, input: ec2.DeleteVpcRequest) {
  const vpc = vpcById(ctx, input.VpcId);
  const holds = (map: Map<string, { vpcId: string | null }>) => [...map.values()].some((one) => one.vpcId === vpc.id);
  const ownGroups = [...ctx.region.groups.values()].filter((one) => one.vpcId === vpc.id && one.name !== "default");
  if (holds(ctx.region.subnets) || holds(ctx.region.gateways) || ownGroups.length > 0) {
    throw new ApiError("DependencyViolation", `The vpc '${vpc.id}' has dependencies and cannot be deleted.`);
  }
  for (const map of [ctx.region.groups, ctx.region.routeTables]) {
    for (const one of map.values()) if (one.vpcId === vpc.id) map.delete(one.id);
  }
  ctx.region.vpcs.delete(vpc.id);
  return {};
}

export function DescribeSubnets(ctx: CallContext, input: ec2.DescribeSubnetsRequest): ec2.DescribeSubnetsResult {
  if (input.SubnetIds) byId(ctx, ctx.region.subnets, input.SubnetIds, "InvalidSubnetID.NotFound", "subnet");
  const Subnets = visible(ctx, ctx.region.subnets)
    .filter(
      (subnet) =>
        (!input.SubnetIds || input.SubnetIds.includes(subnet.id)) &&
        passes(subnet, input.Filters, {
          "vpc-id": (one) => [one.vpcId],
          "default-for-az": (one) => [String(one.isDefault)],
          "availability-zone": (one) => [one.zone],
          state: () => ["available"],
        }),
    )
    .map((subnet) => ({
      SubnetId: subnet.id,
      VpcId: subnet.vpcId,
      AvailabilityZone: subnet.zone,
      CidrBlock: subnet.cidr,
      AvailableIpAddressCount: 4091,
      DefaultForAz: subnet.isDefault,
      MapPublicIpOnLaunch: subnet.mapPublicIp,
      State: "available" as const,
      Tags: tagList(subnet),
    }));
  return { Subnets };
}

export function CreateSubnet(ctx: CallContext, input: ec2.CreateSubnetRequest): ec2.CreateSubnetResult {
  const vpc = vpcById(ctx, input.VpcId);
  const cidr = input.CidrBlock ?? "";
  if ([...ctx.region.subnets.values()].some((one) => one.vpcId === vpc.id && one.cidr === cidr)) {
    throw new ApiError("InvalidSubnet.Conflict", `The CIDR '${cidr}' conflicts with another subnet`);
  }
  const zone = input.AvailabilityZone ?? ctx.region.info.zones[0]!;
  const base = resource(ctx.world, "subnet", tagsFor(input.TagSpecifications, "subnet"));
  const subnet = { ...base, vpcId: vpc.id, zone, cidr, isDefault: false, mapPublicIp: false };
  ctx.region.subnets.set(subnet.id, subnet);
  return { Subnet: { SubnetId: subnet.id, VpcId: vpc.id, AvailabilityZone: zone, CidrBlock: cidr, State: "pending" } };
}

export function DeleteSubnet(ctx: CallContext, input: ec2.DeleteSubnetRequest) {
  const [subnet] = byId(ctx, ctx.region.subnets, [input.SubnetId ?? ""], "InvalidSubnetID.NotFound", "subnet");
  const used = [...ctx.region.instances.values()].some(
    (one) => one.subnet.id === subnet!.id && one.state !== "terminated",
  );
  if (used)
    throw new ApiError("DependencyViolation", `The subnet '${subnet!.id}' has dependencies and cannot be deleted.`);
  ctx.region.subnets.delete(subnet!.id);
  return {};
}

export function DescribeInternetGateways(
  ctx: CallContext,
  input: ec2.DescribeInternetGatewaysRequest,
): ec2.DescribeInternetGatewaysResult {
  const ids = input.InternetGatewayIds;
  if (ids) byId(ctx, ctx.region.gateways, ids, "InvalidInternetGatewayID.NotFound", "internetGateway");
  const InternetGateways = visible(ctx, ctx.region.gateways)
    .filter(
      (gateway) =>
        (!ids || ids.includes(gateway.id)) &&
        passes(gateway, input.Filters, { "attachment.vpc-id": (one) => [one.vpcId] }),
    )
    .map((gateway) => ({
      InternetGatewayId: gateway.id,
      Attachments: gateway.vpcId ? [{ VpcId: gateway.vpcId, State: "available" as unknown as "attached" }] : [],
      Tags: tagList(gateway),
    }));
  return { InternetGateways };
}

export function CreateInternetGateway(
  ctx: CallContext,
  input: ec2.CreateInternetGatewayRequest,
): ec2.CreateInternetGatewayResult {
  const gateway = { ...resource(ctx.world, "igw", tagsFor(input.TagSpecifications, "internet-gateway")), vpcId: null };
  ctx.region.gateways.set(gateway.id, gateway);
  return { InternetGateway: { InternetGatewayId: gateway.id, Attachments: [] } };
}

export function AttachInternetGateway(ctx: CallContext, input: ec2.AttachInternetGatewayRequest) {
  const gateway = gatewayById(ctx, input.InternetGatewayId);
  const vpc = vpcById(ctx, input.VpcId);
  if (gateway.vpcId) throw new ApiError("Resource.AlreadyAssociated", `resource ${gateway.id} is already attached`);
  gateway.vpcId = vpc.id;
  return {};
}

export function DetachInternetGateway(ctx: CallContext, input: ec2.DetachInternetGatewayRequest) {
  const gateway = gatewayById(ctx, input.InternetGatewayId);
  if (gateway.vpcId !== input.VpcId)
    throw new ApiError("Gateway.NotAttached", `resource ${gateway.id} is not attached`);
  const mapped = [...ctx.region.instances.values()].some(
    (one) => one.subnet.vpcId === input.VpcId && one.publicIp && one.state !== "terminated",
  );
  if (mapped) throw new ApiError("DependencyViolation", "Network has some mapped public address(es).");
  gateway.vpcId = null;
  return {};
}

export function DeleteInternetGateway(ctx: CallContext, input: ec2.DeleteInternetGatewayRequest) {
  const gateway = gatewayById(ctx, input.InternetGatewayId);
  if (gateway.vpcId) throw new ApiError("DependencyViolation", `The internetGateway '${gateway.id}' has dependencies`);
  ctx.region.gateways.delete(gateway.id);
  return {};
}

export function DescribeRouteTables(
  ctx: CallContext,
  input: ec2.DescribeRouteTablesRequest,
): ec2.DescribeRouteTablesResult {
  const RouteTables = visible(ctx, ctx.region.routeTables)
    .filter((table) =>
      passes(table, input.Filters, {
        "vpc-id": (one) => [one.vpcId],
        "association.subnet-id": (one) => one.subnetIds,
        "association.main": (one) => [String(one.main)],
      }),
    )
    .map((table) => ({
      RouteTableId: table.id,
      VpcId: table.vpcId,
      Associations: [
        ...(table.main ? [{ Main: true, RouteTableId: table.id }] : []),
        ...table.subnetIds.map((SubnetId) => ({ Main: false, RouteTableId: table.id, SubnetId })),
      ],
      Routes: table.routes.map((route) => ({
        DestinationCidrBlock: route.destination,
        GatewayId: route.gatewayId,
        State: "active" as const,
      })),
      Tags: tagList(table),
    }));
  return { RouteTables };
}

export function CreateRoute(ctx: CallContext, input: ec2.CreateRouteRequest): ec2.CreateRouteResult {
  const tables = byId(
    ctx,
    ctx.region.routeTables,
    [input.RouteTableId ?? ""],
    "InvalidRouteTableID.NotFound",
    "routeTable",
  );
  const gateway = gatewayById(ctx, input.GatewayId);
  const destination = input.DestinationCidrBlock ?? "";
  const known = tables[0]!.routes.find((route) => route.destination === destination);
  if (known) {
    // An identical route is taken for a repeat.
    if (known.gatewayId === gateway.id) return { Return: true };
    throw new ApiError("RouteAlreadyExists", `The route identified by ${destination} already exists.`);
  }
  tables[0]!.routes.push({ destination, gatewayId: gateway.id });
  return { Return: true };
}
