import * as ec2 from "@aws-sdk/client-ec2";
import type { EnvironmentSpec } from "../provider.ts";
import { ask, type Ec2Session } from "./client.ts";
import { awsCode, isNotFound } from "./errors.ts";
import type { Network } from "./network.ts";
import { eventually } from "./settle.ts";
import { environmentFilters, environmentTags, specification } from "./tags.ts";

const MAX_SUBNETS = 6;

type Call = <T>(run: (client: ec2.EC2Client, options: { abortSignal: AbortSignal }) => Promise<T>) => Promise<T>;

function caller(session: Ec2Session, region: string, signal: AbortSignal): Call {
  return (run) => ask(signal, (options) => run(session.ec2(region), options));
}

/** The network that was made for an environment alone; null before it is there. */
export async function findOwnNetwork(
  session: Ec2Session,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<Network | null> {
  const call = caller(session, environment.region, signal);
  const Filters = environmentFilters(environment);
  const { Vpcs = [] } = await call((client, options) => client.send(new ec2.DescribeVpcsCommand({ Filters }), options));
  const vpcId = Vpcs.map((vpc) => vpc.VpcId ?? "").sort()[0];
  if (!vpcId) return null;
  const { Subnets = [] } = await call((client, options) =>
    client.send(new ec2.DescribeSubnetsCommand({ Filters }), options),
  );
  const subnets = Subnets.filter((subnet) => subnet.VpcId === vpcId).map((subnet) => ({
    id: subnet.SubnetId ?? "",
    zone: subnet.AvailabilityZone ?? "",
  }));
  return { vpcId, subnets: subnets.toSorted((a, b) => a.zone.localeCompare(b.zone)) };
}

/** Makes the environment's own network, or what of it is still missing: a subnet per zone, a gateway, a route to it. */
export async function makeOwnNetwork(
  session: Ec2Session,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<void> {
  const call = caller(session, environment.region, signal);
  const tags = (type: ec2.ResourceType) => [specification(type, environmentTags(environment, environment.name))];
  const found = await findOwnNetwork(session, environment, signal);
  const vpcId = found?.vpcId ?? (await makeVpc(call, tags("vpc")));
  const described = () =>
    call((client, options) => client.send(new ec2.DescribeVpcsCommand({ VpcIds: [vpcId] }), options));
  await eventually(described, signal);
  const zones = await ownNetworkZones(session, environment.region, signal);
  for (const [index, ZoneName] of zones.entries()) {
    if (found?.subnets.some((subnet) => subnet.zone === ZoneName)) continue;
    const CidrBlock = `10.20.${index * 16}.0/20`;
    const command = new ec2.CreateSubnetCommand({
      VpcId: vpcId,
      CidrBlock,
      AvailabilityZone: ZoneName,
      TagSpecifications: tags("subnet"),
    });
    await call((client, options) => client.send(command, options)).catch((error: unknown) => {
      if (awsCode(error) !== "InvalidSubnet.Conflict") throw error;
    });
  }
  await makeGateway(call, vpcId, environment, tags("internet-gateway"), signal);
}

/** The zones that a network of its own has subnets in. */
export async function ownNetworkZones(session: Ec2Session, region: string, signal: AbortSignal): Promise<string[]> {
  const call = caller(session, region, signal);
  const zones = await call((client, options) => client.send(new ec2.DescribeAvailabilityZonesCommand({}), options));
  const open = (zones.AvailabilityZones ?? []).filter(
    (zone) => zone.ZoneType === "availability-zone" && zone.State === "available",
  );
  return open.slice(0, MAX_SUBNETS).map(({ ZoneName }) => ZoneName ?? "");
}

async function makeVpc(call: Call, TagSpecifications: ec2.TagSpecification[]): Promise<string> {
  const command = new ec2.CreateVpcCommand({ CidrBlock: "10.20.0.0/16", TagSpecifications });
  return (await call((client, options) => client.send(command, options))).Vpc?.VpcId ?? "";
}

async function makeGateway(
  call: Call,
  VpcId: string,
  environment: EnvironmentSpec,
  TagSpecifications: ec2.TagSpecification[],
  signal: AbortSignal,
): Promise<void> {
  const [known] = await gatewaysOf(call, environment);
  const InternetGatewayId =
    known?.InternetGatewayId ??
    (await call((client, options) => client.send(new ec2.CreateInternetGatewayCommand({ TagSpecifications }), options)))
      .InternetGateway?.InternetGatewayId;
  const attach = () =>
    call((client, options) => client.send(new ec2.AttachInternetGatewayCommand({ InternetGatewayId, VpcId }), options));
  await eventually(attach, signal).catch((error: unknown) => {
    if (awsCode(error) !== "Resource.AlreadyAssociated") throw error;
  });
  const Filters = [
    { Name: "vpc-id", Values: [VpcId] },
    { Name: "association.main", Values: ["true"] },
  ];
  const { RouteTables } = await call((client, options) =>
    client.send(new ec2.DescribeRouteTablesCommand({ Filters }), options),
  );
  const route = {
    RouteTableId: RouteTables?.[0]?.RouteTableId,
    DestinationCidrBlock: "0.0.0.0/0",
    GatewayId: InternetGatewayId,
  };
  await call((client, options) => client.send(new ec2.CreateRouteCommand(route), options));
}

async function gatewaysOf(call: Call, environment: EnvironmentSpec): Promise<ec2.InternetGateway[]> {
  const command = new ec2.DescribeInternetGatewaysCommand({ Filters: environmentFilters(environment) });
  return (await call((client, options) => client.send(command, options))).InternetGateways ?? [];
}

/** Removes all networks that were made for the environment; false while something still stands on one. */
export async function removeOwnNetwork(
  session: Ec2Session,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<boolean> {
  const call = caller(session, environment.region, signal);
  const Filters = environmentFilters(environment);
  try {
    for (const { InternetGatewayId, Attachments = [] } of await gatewaysOf(call, environment)) {
      for (const { VpcId } of Attachments) {
        await unlessGone(
          call((client, options) =>
            client.send(new ec2.DetachInternetGatewayCommand({ InternetGatewayId, VpcId }), options),
          ),
        );
      }
      await unlessGone(
        call((client, options) => client.send(new ec2.DeleteInternetGatewayCommand({ InternetGatewayId }), options)),
      );
    }
    const { Subnets = [] } = await call((client, options) =>
      client.send(new ec2.DescribeSubnetsCommand({ Filters }), options),
    );
    for (const { SubnetId } of Subnets) {
      await unlessGone(call((client, options) => client.send(new ec2.DeleteSubnetCommand({ SubnetId }), options)));
    }
    const { Vpcs = [] } = await call((client, options) =>
      client.send(new ec2.DescribeVpcsCommand({ Filters }), options),
    );
    for (const { VpcId } of Vpcs) {
      await unlessGone(call((client, options) => client.send(new ec2.DeleteVpcCommand({ VpcId }), options)));
    }
    return true;
  } catch (error) {
    if (awsCode(error) === "DependencyViolation") return false;
    throw error;
  }
}

async function unlessGone(done: Promise<unknown>): Promise<void> {
  await done.catch((error: unknown) => {
    if (!isNotFound(error) && awsCode(error) !== "Gateway.NotAttached") throw error;
  });
}
