import type { Backing } from "../backing/backing.ts";
import type { Clock } from "../clock.ts";

export type Droplet = {
  id: number;
  name: string;
  status: "new" | "active" | "off";
  region: string;
  size: string;
  image: string;
  tags: string[];
  keyIds: number[];
  userData: string;
  createdAt: number;
  visibleAt: number;
  publicIp: string;
  privateIp: string;
  /** When the public address shows in answers: after `active`. */
  addressAt: number;
};
export type Action = {
  id: number;
  dropletId: number;
  type: "create" | "shutdown" | "power_off" | "power_on" | "rename" | "destroy";
  startedAt: number;
  endsAt: number;
  /** What it did, applied once `endsAt` is reached; a shutdown that the system ignores changes nothing. */
  result: "completed" | "errored";
  applied: boolean;
};
export type SshKey = { id: number; fingerprint: string; public_key: string; name: string };
export type FirewallRule = { protocol: string; ports: string; sources?: object; destinations?: object };
export type Firewall = {
  id: string;
  name: string;
  inbound_rules: FirewallRule[];
  outbound_rules: FirewallRule[];
  tags: string[];
  droplet_ids: number[];
};

export type Behaviour = {
  bootMs: number;
  /** How long after `active` the public address is still missing. */
  addressLagMs: number;
  actionMs: number;
  /** How long a fresh droplet is missing from listings by tag. */
  consistencyLagMs: number;
  dropletLimit: number;
  accountStatus: "active" | "warning" | "locked";
  /** UUID of the team that the token is of; null: of none. */
  team: string | null;
  /** Droplet ids whose system ignores a shutdown. */
  deaf: Set<number>;
  /** Sizes that are out of stock. */
  soldOut: Set<string>;
  /** What the token may do ("droplet:read"); null: everything. */
  scopes: Set<string> | null;
  perMinute: number;
  perHour: number;
  /** At most this many in a page, whatever was asked. */
  pageLimit: number;
};

export type World = {
  clock: Clock;
  behaviour: Behaviour;
  tokens: Set<string>;
  droplets: Map<number, Droplet>;
  actions: Action[];
  keys: Map<number, SshKey>;
  firewalls: Map<string, Firewall>;
  tags: Set<string>;
  /** When calls came, in milliseconds since 1970, of the last hour. */
  recent: number[];
  sequence: number;
  nextAddress: number;
  /** Where droplets are containers; absent: they are only pretended. */
  backing: Backing | null;
};

/** An answer that is not 2xx. */
export class Refusal extends Error {
  readonly status: number;
  readonly id: string;

  constructor(status: number, id: string, message: string) {
    super(message);
    this.status = status;
    this.id = id;
  }
}

export const notFound = () => new Refusal(404, "not_found", "The resource you were accessing could not be found.");
export const unprocessable = (message: string) => new Refusal(422, "unprocessable_entity", message);

export function nextId(world: World): number {
  world.sequence += 1;
  return 400_000_000 + world.sequence;
}

/** A loopback address that no other droplet of this emulator has: 127.78.x.y. */
export function freshAddress(world: World): string {
  world.nextAddress = (world.nextAddress + 1) % 65_000;
  return `127.78.${world.nextAddress >> 8}.${world.nextAddress & 255}`;
}
