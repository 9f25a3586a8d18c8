import type { EnvironmentSpec } from "../provider.ts";
import { ask, type DigitalOceanSession, listAll } from "./client.ts";
import { isNotFound } from "./errors.ts";
import { environmentTag, markedName } from "./tags.ts";

type Rule = { protocol: string; ports?: string; sources?: object; destinations?: object };
type Firewall = { id: string; name: string; inbound_rules: Rule[]; outbound_rules: Rule[]; tags: string[] };

const ANYWHERE = ["0.0.0.0/0", "::/0"];

async function findFirewalls(
  session: DigitalOceanSession,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<Firewall[]> {
  const all = await listAll<Firewall>(session, "/v2/firewalls", "firewalls", signal);
  return all.filter((firewall) => firewall.name === markedName(environment));
}

/**
 * The environment's firewall has just the wanted rules: everything between its own servers, what `ingress` says, and
 * SSH (from anywhere, where `ingress` does not narrow port 22). It covers whatever carries the environment's tag.
 */
export async function ensureFirewall(
  session: DigitalOceanSession,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<void> {
  const tag = environmentTag(environment);
  await ask(session, { method: "POST", path: "/v2/tags", body: { name: tag } }, signal);
  const [known] = await findFirewalls(session, environment, signal);
  const body = {
    name: markedName(environment),
    inbound_rules: inbound(environment, tag),
    outbound_rules: ["tcp", "udp", "icmp"].map((protocol) =>
      rule(protocol, "all", { destinations: { addresses: ANYWHERE } }),
    ),
    tags: [tag],
  };
  if (known) await ask(session, { method: "PUT", path: `/v2/firewalls/${known.id}`, body }, signal);
  else await ask(session, { method: "POST", path: "/v2/firewalls", body }, signal);
}

function inbound({ ingress }: EnvironmentSpec, tag: string): Rule[] {
  const ports = new Map<number, string[]>();
  if (!ingress.some(({ port }) => port === 22)) ports.set(22, ANYWHERE);
  for (const { port, cidr } of ingress) ports.set(port, [...(ports.get(port) ?? []), cidr]);
  const own = ["tcp", "udp", "icmp"].map((protocol) => rule(protocol, "all", { sources: { tags: [tag] } }));
  return [...own, ...[...ports].map(([port, addresses]) => rule("tcp", String(port), { sources: { addresses } }))];
}

/** Pings have no ports. */
const rule = (protocol: string, ports: string, ends: Pick<Rule, "sources" | "destinations">): Rule =>
  protocol === "icmp" ? { protocol, ...ends } : { protocol, ports, ...ends };

export async function removeFirewalls(
  session: DigitalOceanSession,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<void> {
  for (const { id } of await findFirewalls(session, environment, signal)) {
    await ask(session, { method: "DELETE", path: `/v2/firewalls/${id}` }, signal).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}
