import type { Call } from "./client.ts";

const RESOURCES: [pattern: RegExp, scope: string][] = [
  [/^\/v2\/account\/keys/, "ssh_key"],
  [/^\/v2\/account/, "account"],
  [/^\/v2\/regions/, "regions"],
  [/^\/v2\/sizes/, "sizes"],
  [/^\/v2\/tags/, "tag"],
  [/^\/v2\/firewalls/, "firewall"],
  [/^\/v2\/droplets/, "droplet"],
  [/^\/v2\/actions/, "actions"],
];
const VERBS = { GET: "read", POST: "create", PUT: "update", DELETE: "delete" };

/** The scope that a custom token needs for a call. https://docs.digitalocean.com/reference/api/scopes/ */
export function scopeOf(call: Pick<Call, "method" | "path">): string {
  const resource = RESOURCES.find(([pattern]) => pattern.test(call.path))?.[1] ?? "unknown";
  const action = /\/droplets\/\d+\/actions/.test(call.path) && call.method === "POST" ? "update" : VERBS[call.method];
  return `${resource}:${action}`;
}

/** Every scope that a custom token needs, and none more. */
export const SCOPES_NEEDED = [
  "account:read",
  "droplet:create",
  "droplet:delete",
  "droplet:read",
  "droplet:update",
  "firewall:create",
  "firewall:delete",
  "firewall:read",
  "firewall:update",
  "regions:read",
  "sizes:read",
  "ssh_key:create",
  "ssh_key:delete",
  "ssh_key:read",
  "tag:create",
  "tag:delete",
  "tag:read",
];
