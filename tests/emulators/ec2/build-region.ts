import { REGIONS } from "./catalogue.ts";
import { type Account, type Region, resource, type World } from "./world.ts";

/** The account's view of a region, made with its default network on first use. */
export function regionOf(world: World, account: Account, name: string): Region {
  const known = account.regions.get(name);
  if (known) return known;
  const info = REGIONS.find((region) => region.name === name)!;
  const maps = [
    "instances",
    "volumes",
    "interfaces",
    "vpcs",
    "subnets",
    "gateways",
    "routeTables",
    "groups",
    "keyPairs",
  ];
  const fresh = Object.fromEntries([...maps, "launches", "buckets"].map((map) => [map, new Map()]));
  const region = { info, ...fresh } as unknown as Region;
  account.regions.set(name, region);
  if (world.behaviour.defaultVpc) addDefaultNetwork(world, region);
  return region;
}

function addDefaultNetwork(world: World, region: Region): void {
  const base = (prefix: string) => ({ ...resource(world, prefix), visibleAt: 0 });
  const vpc = { ...base("vpc"), cidr: "172.31.0.0/16", isDefault: true };
  region.vpcs.set(vpc.id, vpc);
  const gateway = { ...base("igw"), vpcId: vpc.id };
  region.gateways.set(gateway.id, gateway);
  const routes = [
    { destination: vpc.cidr, gatewayId: "local" },
    { destination: "0.0.0.0/0", gatewayId: gateway.id },
  ];
  const table = { ...base("rtb"), vpcId: vpc.id, main: true, subnetIds: [], routes };
  region.routeTables.set(table.id, table);
  region.info.zones.forEach((zone, index) => {
    const cidr = `172.31.${index * 16}.0/20`;
    const subnet = { ...base("subnet"), vpcId: vpc.id, zone, cidr, isDefault: true, mapPublicIp: true };
    region.subnets.set(subnet.id, subnet);
  });
  const group = { ...base("sg"), name: "default", description: "default VPC security group", vpcId: vpc.id, rules: [] };
  region.groups.set(group.id, group);
}
