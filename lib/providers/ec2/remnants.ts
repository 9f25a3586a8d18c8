import * as ec2 from "@aws-sdk/client-ec2";
import { paged } from "../paged.ts";
import { inParallel } from "../parallel.ts";
import { type Owner, ProviderError, type Remnant, type Remnants } from "../provider.ts";
import { ask, type Ec2Session } from "./client.ts";
import { list } from "./list.ts";
import { ENVIRONMENT, ownerFilters, tagOf } from "./tags.ts";

const REGIONS_AT_ONCE = 6;

type Page<T> = Promise<{ items: T[] | undefined; next: string | undefined }>;
type Load<T> = (client: ec2.EC2Client, query: Query, options: { abortSignal: AbortSignal }) => Page<T>;
type Query = { Filters: ec2.Filter[]; NextToken: string | undefined };
type Tagged = { Tags?: ec2.Tag[] };

/** Everything of the owner's in these regions; a region that does not answer is named, and hides no other. */
export async function remnants(
  session: Ec2Session,
  regions: string[],
  owner: Owner,
  signal: AbortSignal,
): Promise<Remnants> {
  const unread: Remnants["unread"] = [];
  const found = await inParallel(regions, REGIONS_AT_ONCE, async (region) => {
    try {
      return await remnantsIn(session, region, owner, signal);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.code === "unauthorized") throw error;
      unread.push({ region, reason: error.message });
      return [];
    }
  });
  return { found: found.flat(), unread };
}

async function remnantsIn(session: Ec2Session, region: string, owner: Owner, signal: AbortSignal): Promise<Remnant[]> {
  const Filters = ownerFilters(owner);
  const all = <T>(load: Load<T>): Promise<T[]> =>
    paged(async (NextToken) => {
      const { items, next } = await ask(signal, (options) =>
        load(session.ec2(region), { Filters, NextToken }, options),
      );
      return { items: items ?? [], next };
    });
  const servers = await list(session, region, owner, signal);
  const [volumes, groups, keys, gateways, subnets, vpcs] = await Promise.all([
    all(loadVolumes),
    all(loadGroups),
    all(loadKeys),
    all(loadGateways),
    all(loadSubnets),
    all(loadVpcs),
  ]);
  const made = (kind: Remnant["kind"], id = "", one: Tagged = {}, more: Partial<Remnant> = {}): Remnant => ({
    id,
    kind,
    region,
    name: tagOf(one, "Name") ?? id,
    environmentId: tagOf(one, ENVIRONMENT) ?? "",
    createdAt: null,
    ...more,
  });
  return [
    ...servers.map(({ id, name, environmentId, createdAt, size, state }) =>
      made("server", id, {}, { name, environmentId, createdAt, size, state }),
    ),
    ...volumes.map((one) =>
      made("volume", one.VolumeId, one, { createdAt: one.CreateTime ?? null, ...(one.Size ? { gib: one.Size } : {}) }),
    ),
    ...groups.map((one) => made("firewall", one.GroupId, one)),
    ...keys.map((one) => made("key", one.KeyPairId, one, { createdAt: one.CreateTime ?? null })),
    ...gateways.map((one) => made("gateway", one.InternetGatewayId, one)),
    ...subnets.map((one) => made("subnet", one.SubnetId, one)),
    ...vpcs.map((one) => made("network", one.VpcId, one)),
  ];
}

const loadVolumes: Load<ec2.Volume> = async (client, query, options) => {
  const answer = await client.send(new ec2.DescribeVolumesCommand({ ...query, MaxResults: 500 }), options);
  const kept = answer.Volumes?.filter(({ State }) => State !== "deleting" && State !== "deleted");
  return { items: kept, next: answer.NextToken };
};
const loadGroups: Load<ec2.SecurityGroup> = async (client, query, options) => {
  const answer = await client.send(new ec2.DescribeSecurityGroupsCommand({ ...query, MaxResults: 500 }), options);
  return { items: answer.SecurityGroups, next: answer.NextToken };
};
/** EC2 has no pages for key pairs. */
const loadKeys: Load<ec2.KeyPairInfo> = async (client, { Filters }, options) => {
  const answer = await client.send(new ec2.DescribeKeyPairsCommand({ Filters }), options);
  return { items: answer.KeyPairs, next: undefined };
};
const loadGateways: Load<ec2.InternetGateway> = async (client, query, options) => {
  const answer = await client.send(new ec2.DescribeInternetGatewaysCommand({ ...query, MaxResults: 500 }), options);
  return { items: answer.InternetGateways, next: answer.NextToken };
};
const loadSubnets: Load<ec2.Subnet> = async (client, query, options) => {
  const answer = await client.send(new ec2.DescribeSubnetsCommand({ ...query, MaxResults: 500 }), options);
  return { items: answer.Subnets, next: answer.NextToken };
};
const loadVpcs: Load<ec2.Vpc> = async (client, query, options) => {
  const answer = await client.send(new ec2.DescribeVpcsCommand({ ...query, MaxResults: 500 }), options);
  return { items: answer.Vpcs, next: answer.NextToken };
};
