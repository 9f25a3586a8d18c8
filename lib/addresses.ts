import ipaddr from "ipaddr.js";

/** Who named the host that is to be dialled: the operator and our own clouds, or somebody who holds an account. */
export type Origin = "ours" | "tenant";

/** Link-local, and where clouds answer a machine's own credentials. */
const NEVER = ["169.254.0.0/16", "100.100.100.200/32", "fe80::/10", "fd00:ec2::254/128"];

/**
 * True where `address`, a literal, must not be dialled.
 * CLOUDHERO_DIAL_ALLOW (CIDRs with commas between) is, when set, the whole list of what may be; an entry of it that is
 * no CIDR allows nothing.
 */
export function refusal(address: string, origin: Origin): boolean {
  if (!ipaddr.isValid(address)) return true;
  const parsed = ipaddr.process(address);
  const allow = process.env.CLOUDHERO_DIAL_ALLOW?.trim();
  if (allow) return !allow.split(",").some((cidr) => within(parsed, cidr.trim()));
  const inner = embedded(parsed);
  return refused(parsed, origin, inner !== null) || (inner !== null && refused(inner, origin, false));
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function refused(address: Address, origin: Origin, translated: boolean): boolean {
  if (NEVER.some((cidr) => within(address, cidr))) return true;
  return origin === "tenant" && !translated && address.range() !== "unicast";
}

function within(address: Address, cidr: string): boolean {
  const whole = cidr.includes("/") ? cidr : `${cidr}/${cidr.includes(":") ? 128 : 32}`;
  if (!ipaddr.isValidCIDR(whole)) return false;
  const [network, bits] = ipaddr.parseCIDR(whole);
  return network.kind() === address.kind() && address.match(network, bits);
}

/** The IPv4 address that an IPv6 one leads to: NAT64 (RFC 6052, RFC 8215), 6to4, IPv4-compatible; else null. */
function embedded(address: Address): ipaddr.IPv4 | null {
  if (address.kind() === "ipv4") return null;
  const bytes = address.toByteArray();
  const from = (start: number) => new ipaddr.IPv4(bytes.slice(start, start + 4));
  if (within(address, "64:ff9b::/96") || within(address, "64:ff9b:1::/48")) return from(12);
  if (within(address, "2002::/16")) return from(2);
  const compatible = within(address, "::/96") && !["loopback", "unspecified"].includes(address.range());
  return compatible ? from(12) : null;
}
