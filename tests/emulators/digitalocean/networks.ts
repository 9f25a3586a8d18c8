import { createHash, randomUUID } from "node:crypto";
import { pageOf, type Route, type RouteContext } from "./route.ts";
import { type Firewall, nextId, notFound, Refusal, type SshKey, unprocessable } from "./world.ts";

/** The MD5 fingerprint of an OpenSSH public key line, as DigitalOcean names keys. */
export function fingerprintOf(line: string): string {
  const blob = line.trim().split(/\s+/)[1];
  if (!blob) throw unprocessable("Key invalid, key should be of the format `type key [comment]`");
  const digest = createHash("md5").update(Buffer.from(blob, "base64")).digest("hex");
  return digest.match(/../g)!.join(":");
}

function addKey({ world, body }: RouteContext) {
  const fingerprint = fingerprintOf(String(body.public_key ?? ""));
  if ([...world.keys.values()].some((key) => key.fingerprint === fingerprint)) {
    throw unprocessable("SSH Key is already in use on your account");
  }
  const key: SshKey = { id: nextId(world), fingerprint, public_key: String(body.public_key), name: String(body.name) };
  world.keys.set(key.id, key);
  return { status: 201, body: { ssh_key: key } };
}

function findKey({ world, params }: RouteContext): SshKey {
  const key = [...world.keys.values()].find((one) => String(one.id) === params[0] || one.fingerprint === params[0]);
  if (!key) throw notFound();
  return key;
}

function readFirewall({ world, body }: RouteContext, id: string): Firewall {
  const name = String(body.name ?? "");
  const tags = (body.tags ?? []) as string[];
  if (!/^[a-zA-Z0-9][a-zA-Z0-9.-]*$/.test(name))
    throw unprocessable("name must only contain alphanumeric, dashes and periods");
  for (const tag of tags) if (!world.tags.has(tag)) throw unprocessable(`tag ${tag} does not exist`);
  if ([...world.firewalls.values()].some((one) => one.name === name && one.id !== id)) {
    throw new Refusal(409, "conflict", "duplicate name");
  }
  const inbound = (body.inbound_rules ?? []) as Firewall["inbound_rules"];
  const outbound = (body.outbound_rules ?? []) as Firewall["outbound_rules"];
  if (inbound.length + outbound.length > 50) throw unprocessable("too many rules");
  for (const rule of inbound) {
    if (!["tcp", "udp", "icmp"].includes(rule.protocol) || !rule.sources) throw unprocessable("invalid inbound rule");
    if (rule.protocol !== "icmp" && !/^(\d+(-\d+)?|all|0)$/.test(rule.ports ?? ""))
      throw unprocessable("invalid ports");
  }
  return {
    id,
    name,
    inbound_rules: inbound,
    outbound_rules: outbound,
    tags,
    droplet_ids: (body.droplet_ids ?? []) as number[],
  };
}

const firewallAnswer = (firewall: Firewall) => ({
  ...firewall,
  status: "succeeded",
  created_at: "2026-01-01T00:00:00Z",
  pending_changes: [],
});

function findFirewall({ world, params }: RouteContext): Firewall {
  const firewall = world.firewalls.get(params[0]!);
  if (!firewall) throw notFound();
  return firewall;
}

export const networkRoutes: Route[] = [
  { method: "POST", path: /^\/v2\/account\/keys$/, scope: "ssh_key:create", run: addKey },
  {
    method: "GET",
    path: /^\/v2\/account\/keys$/,
    scope: "ssh_key:read",
    run: (ctx) => pageOf(ctx, "ssh_keys", [...ctx.world.keys.values()]),
  },
  {
    method: "GET",
    path: /^\/v2\/account\/keys\/([^/]+)$/,
    scope: "ssh_key:read",
    run: (ctx) => ({ status: 200, body: { ssh_key: findKey(ctx) } }),
  },
  {
    method: "DELETE",
    path: /^\/v2\/account\/keys\/([^/]+)$/,
    scope: "ssh_key:delete",
    run: (ctx) => {
      ctx.world.keys.delete(findKey(ctx).id);
      return { status: 204 };
    },
  },
  {
    method: "POST",
    path: /^\/v2\/firewalls$/,
    scope: "firewall:create",
    run: (ctx) => {
      const firewall = readFirewall(ctx, randomUUID());
      ctx.world.firewalls.set(firewall.id, firewall);
      return { status: 202, body: { firewall: firewallAnswer(firewall) } };
    },
  },
  {
    method: "GET",
    path: /^\/v2\/firewalls$/,
    scope: "firewall:read",
    run: (ctx) => pageOf(ctx, "firewalls", [...ctx.world.firewalls.values()].map(firewallAnswer)),
  },
  {
    method: "PUT",
    path: /^\/v2\/firewalls\/([^/]+)$/,
    scope: "firewall:update",
    run: (ctx) => {
      const firewall = readFirewall(ctx, findFirewall(ctx).id);
      ctx.world.firewalls.set(firewall.id, firewall);
      return { status: 200, body: { firewall: firewallAnswer(firewall) } };
    },
  },
  {
    method: "DELETE",
    path: /^\/v2\/firewalls\/([^/]+)$/,
    scope: "firewall:delete",
    run: (ctx) => {
      ctx.world.firewalls.delete(findFirewall(ctx).id);
      return { status: 204 };
    },
  },
  {
    method: "POST",
    path: /^\/v2\/tags$/,
    scope: "tag:create",
    run: ({ world, body }) => {
      const name = String(body.name ?? "");
      if (!/^[a-zA-Z0-9:_-]{1,255}$/.test(name))
        throw unprocessable("Tag names must only contain letters, numbers, colons, dashes, and underscores.");
      const known = [...world.tags].find((one) => one.toLowerCase() === name.toLowerCase());
      if (!known) world.tags.add(name);
      return { status: 201, body: { tag: { name: known ?? name, resources: { count: 0 } } } };
    },
  },
  {
    method: "GET",
    path: /^\/v2\/tags$/,
    scope: "tag:read",
    run: (ctx) => {
      const count = (tag: string) => [...ctx.world.droplets.values()].filter((one) => one.tags.includes(tag)).length;
      const tags = [...ctx.world.tags].map((name) => ({
        name,
        resources: { count: count(name), droplets: { count: count(name) } },
      }));
      return pageOf(ctx, "tags", tags);
    },
  },
  {
    method: "DELETE",
    path: /^\/v2\/tags\/([^/]+)$/,
    scope: "tag:delete",
    run: ({ world, params }) => {
      if (!world.tags.delete(params[0]!)) throw notFound();
      for (const droplet of world.droplets.values()) droplet.tags = droplet.tags.filter((tag) => tag !== params[0]);
      for (const firewall of world.firewalls.values()) firewall.tags = firewall.tags.filter((tag) => tag !== params[0]);
      return { status: 204 };
    },
  },
];
