import type { IpPermission } from "@aws-sdk/client-ec2";
import type { EnvironmentSpec } from "../provider.ts";

/**
 * What may come in: everything between the environment's own servers, what `ingress` says, and SSH; SSH from anywhere
 * where `ingress` does not narrow port 22, since the servers take keys alone and show a host key that we know.
 */
export function wantedRules(environment: EnvironmentSpec, groupId: string): IpPermission[] {
  const { ingress } = environment;
  const ssh = ingress.some((rule) => rule.port === 22) ? [] : [{ port: 22, cidr: "0.0.0.0/0" }];
  const own: IpPermission = { IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: groupId }] };
  return [own, ...[...ingress, ...ssh].map(({ port, cidr }) => fromCidr(port, cidr))];
}

function fromCidr(port: number, cidr: string): IpPermission {
  const ports = { IpProtocol: "tcp", FromPort: port, ToPort: port };
  return cidr.includes(":")
    ? { ...ports, Ipv6Ranges: [{ CidrIpv6: cidr }] }
    : { ...ports, IpRanges: [{ CidrIp: cidr }] };
}

/** The rules of `these` that are not among `those`, one for each source. AWS gives sources of the same ports together. */
export function missing(these: IpPermission[], those: IpPermission[]): IpPermission[] {
  const known = new Set(those.flatMap(atoms).map(([key]) => key));
  const left = new Map(these.flatMap(atoms));
  return [...left].filter(([key]) => !known.has(key)).map(([, rule]) => rule);
}

function atoms(rule: IpPermission): [key: string, rule: IpPermission][] {
  const { IpProtocol, FromPort, ToPort } = rule;
  const ports = IpProtocol === "-1" ? { IpProtocol } : { IpProtocol, FromPort, ToPort };
  const key = (source: string) => `${IpProtocol} ${ports.FromPort ?? ""}-${ports.ToPort ?? ""} ${source}`;
  return [
    ...(rule.IpRanges ?? []).map(
      ({ CidrIp = "" }) => [key(CidrIp), { ...ports, IpRanges: [{ CidrIp }] }] as [string, IpPermission],
    ),
    ...(rule.Ipv6Ranges ?? []).map(
      ({ CidrIpv6 = "" }) => [key(CidrIpv6), { ...ports, Ipv6Ranges: [{ CidrIpv6 }] }] as [string, IpPermission],
    ),
    ...(rule.UserIdGroupPairs ?? []).map(
      ({ GroupId = "" }) => [key(GroupId), { ...ports, UserIdGroupPairs: [{ GroupId }] }] as [string, IpPermission],
    ),
  ];
}
