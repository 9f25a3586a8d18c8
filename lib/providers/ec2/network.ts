import {
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type Filter,
  type Subnet,
} from "@aws-sdk/client-ec2";
import { type EnvironmentSpec, ProviderError } from "../provider.ts";
import { type Choices, choicesOf, hasOwnNetwork } from "./choices.ts";
import { ask, type Ec2Session } from "./client.ts";
import { awsCode } from "./errors.ts";
import { findOwnNetwork } from "./own-network.ts";

/** Where servers can be placed: one network, a subnet for each zone that has one. */
export type Network = { vpcId: string; subnets: { id: string; zone: string }[] };

/** The network that the settings choose; throws "invalid" where it does not exist or does not reach the internet. */
export async function findNetwork(
  session: Ec2Session,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<Network> {
  const choices = choicesOf(session, environment.choices);
  if (!hasOwnNetwork(choices)) return findSharedNetwork(session, environment.region, choices, signal);
  const own = await findOwnNetwork(session, environment, signal);
  if (!own) throw new ProviderError("conflict", `The network of ${environment.name} is missing.`);
  return own;
}

/** A network that is there already: the subnet's, or the region's default one. */
export function findSharedNetwork(
  session: Ec2Session,
  region: string,
  { subnet }: Choices,
  signal: AbortSignal,
): Promise<Network> {
  return subnet ? givenNetwork(session, region, subnet, signal) : defaultNetwork(session, region, signal);
}

async function givenNetwork(session: Ec2Session, region: string, id: string, signal: AbortSignal): Promise<Network> {
  const [subnet] = await subnets(session, region, { SubnetIds: [id] }, signal).catch((error: unknown) => {
    if (awsCode(error) !== "InvalidSubnetID.NotFound") throw error;
    throw new ProviderError("invalid", `There is no subnet ${id} in ${region}.`, { cause: error });
  });
  const vpcId = subnet?.VpcId ?? "";
  if (!(await reachesInternet(session, region, vpcId, id, signal))) {
    throw new ProviderError(
      "invalid",
      `The subnet ${id} has no route to an internet gateway, so its servers cannot be reached.`,
    );
  }
  return { vpcId, subnets: [{ id, zone: subnet?.AvailabilityZone ?? "" }] };
}

async function defaultNetwork(session: Ec2Session, region: string, signal: AbortSignal): Promise<Network> {
  const command = new DescribeVpcsCommand({ Filters: [{ Name: "is-default", Values: ["true"] }] });
  const vpcId = (await ask(signal, (options) => session.ec2(region).send(command, options))).Vpcs?.[0]?.VpcId;
  if (!vpcId) {
    const advice = 'name a subnet, or choose network "own", or make a default VPC in the AWS console';
    throw new ProviderError("invalid", `This AWS account has no default VPC in ${region}: ${advice}.`);
  }
  const Filters: Filter[] = [
    { Name: "vpc-id", Values: [vpcId] },
    { Name: "default-for-az", Values: ["true"] },
  ];
  const found = await subnets(session, region, { Filters }, signal);
  if (found.length === 0) {
    throw new ProviderError("invalid", `The default VPC of ${region} has no default subnet; name a subnet instead.`);
  }
  return { vpcId, subnets: found.map(place).toSorted((a, b) => a.zone.localeCompare(b.zone)) };
}

const place = (subnet: Subnet) => ({ id: subnet.SubnetId ?? "", zone: subnet.AvailabilityZone ?? "" });

async function subnets(
  session: Ec2Session,
  region: string,
  query: { SubnetIds?: string[]; Filters?: Filter[] },
  signal: AbortSignal,
): Promise<Subnet[]> {
  const answer = await ask(signal, (options) => session.ec2(region).send(new DescribeSubnetsCommand(query), options));
  return answer.Subnets ?? [];
}

/** Whether the subnet's own routes, or else its network's main ones, lead to an internet gateway. */
async function reachesInternet(
  session: Ec2Session,
  region: string,
  vpcId: string,
  subnetId: string,
  signal: AbortSignal,
) {
  const tables = async (Filters: Filter[]) => {
    const command = new DescribeRouteTablesCommand({ Filters });
    return (await ask(signal, (options) => session.ec2(region).send(command, options))).RouteTables ?? [];
  };
  const own = await tables([{ Name: "association.subnet-id", Values: [subnetId] }]);
  const main =
    own.length > 0
      ? own
      : await tables([
          { Name: "vpc-id", Values: [vpcId] },
          { Name: "association.main", Values: ["true"] },
        ]);
  return main.some((table) =>
    table.Routes?.some((route) => route.DestinationCidrBlock === "0.0.0.0/0" && route.GatewayId?.startsWith("igw-")),
  );
}
