import type { ImageName, LaunchChoices } from "#lib/model/launch.ts";
import type { Ingress } from "#lib/model/wishes.ts";

/** A cloud that holds servers. Each method is one short step; waiting and retrying belong to the engine. */
export interface Provider {
  readonly traits: ProviderTraits;
  /** Who the credentials are; throws ProviderError "unauthorized" for bad ones. One cheap call. */
  verify(signal: AbortSignal): Promise<Identity>;
  /** Permissions that the credentials lack, by the cloud's own names; changes nothing. Absent: nothing to tell beyond `verify`. */
  missingPermissions?(signal: AbortSignal): Promise<string[]>;
  /** A region's prices, where the credentials may read them; null where not. Absent: `metadata` has them. */
  prices?(region: string, signal: AbortSignal): Promise<Prices | null>;
  /** What would be made for such an environment, and what stands in its way; makes nothing. Throws "invalid" for a place that does not exist. */
  plan(request: PlanRequest, signal: AbortSignal): Promise<CloudPlan>;
  /** Regions and sizes as they are now. */
  metadata(signal: AbortSignal): Promise<Metadata>;
  /** Every server in `region` that carries the owner's tag, terminated ones left out. One listing, all pages. */
  list(region: string, owner: Owner, signal: AbortSignal): Promise<Server[]>;
  /**
   * Those of these servers that are there, whatever tags they have now, terminated ones left out; for servers that
   * `list` does not show. What has been made in the last moments may be missing here as well.
   */
  find(region: string, owner: Owner, known: KnownServer[], signal: AbortSignal): Promise<Server[]>;
  /**
   * Makes what an environment's servers stand on (network, key, firewall, image); safe to repeat, and repeated with
   * other `ingress` it brings the firewall to it. May take minutes; `report` gets a line for a person at each step.
   */
  prepare(environment: EnvironmentSpec, report: (line: string) => void, signal: AbortSignal): Promise<void>;
  /** Launches these attempts, all of one prepared environment; repeating an attempt answers the same server. */
  launch(environment: EnvironmentSpec, specs: ServerSpec[], signal: AbortSignal): Promise<Launched[]>;
  stop(region: string, ids: string[], signal: AbortSignal): Promise<Transition[]>;
  start(region: string, ids: string[], signal: AbortSignal): Promise<Transition[]>;
  /** Gives servers their names, where `launch` may end before it has. Absent: a server is made with its name. */
  rename?(region: string, names: { id: string; name: string }[], signal: AbortSignal): Promise<void>;
  /** Destroys servers and what hangs on them (volumes). Absent servers count as destroyed. `newName` frees the old name at once. */
  destroy(region: string, doomed: { id: string; newName: string }[], signal: AbortSignal): Promise<Transition[]>;
  /** Everything in these regions that carries the owner's mark, whatever environment it was made for. All pages. */
  remnants(regions: string[], owner: Owner, signal: AbortSignal): Promise<Remnants>;
  /** Removes what `remnants` has just listed, in an order that the cloud takes. What is still held is answered so, for a later call. */
  removeRemnants(remnants: Remnant[], signal: AbortSignal): Promise<RemovedRemnant[]>;
  /** Removes what `prepare` made; answers false while the cloud still holds on to some of it, to be called again. */
  release(environment: EnvironmentSpec, signal: AbortSignal): Promise<boolean>;
}

export type ProviderType = "ec2" | "digital_ocean" | "docker";

/** Differences that the engine and the pages may ask about, instead of the provider's type. */
export type ProviderTraits = {
  /** How long after an attempt its absence from listings proves nothing. */
  launchSettleMs: number;
  /** How long an ordinary launch takes until SSH answers, at the most. */
  bootTimeoutMs: number;
  /** Servers of one environment find each other by node name without our help. */
  resolvesNames: boolean;
  /** What a stopped server still costs, as a sentence for people. */
  stoppedCost?: string;
  /** What is billed of a stopped server. */
  stoppedBills: "nothing" | "disk" | "all";
  /** What servers may start from, the usual one first. */
  images: readonly [ImageName, ...ImageName[]];
  /** Environments may say in which network or subnet they are placed. */
  takesNetwork: boolean;
  /** Sizes in GiB that a server's own disk may have; absent: it comes with the size. */
  diskGib?: { least: number; most: number; usual: number };
  /** At most this many attempts in one `launch`. */
  launchBatch: number;
};

/** Whose servers: every server, volume, network and key carries both. */
export type Owner = { installationId: string; providerId: string };

/** `account` is what everything that these credentials see belongs to, and the same for all credentials of it. */
export type Identity = { account: string; description: string };

export type Location = { name: string; endpoint: string; available: boolean };
export type Size = {
  id: string;
  /** As the reference words them: "2", "7.5 GiB", "SSD (1 x 32)". */
  cores: string;
  ram: string;
  disk: string;
  architecture?: "amd64" | "arm64";
  /** US dollars; absent when unknown. */
  pricePerHour?: number;
  /** US dollars, where a month has a price of its own. */
  pricePerMonth?: number;
  /** Region names it can be had in; absent: all. */
  regions?: string[];
};
export type Metadata = {
  locations: Record<string, Location>;
  /** By family, then by size id. */
  sizes: Record<string, Record<string, Size>>;
};

export type Prices = {
  /** US dollars per hour by size id. */
  sizes: Record<string, number>;
  /** US dollars per GiB and month of a server's own disk; absent where unknown. */
  diskGibMonth?: number;
};

/** Servers to be planned for, by size id. */
export type PlanRequest = { region: string; choices: LaunchChoices; servers: Record<string, number> };

export type CloudPlan = {
  /** Everything that would be made; `each` is a server, volume and the like of one kind. */
  resources: PlannedResource[];
  /** Limits that the wish counts against; only those that the credentials may read. */
  quotas: Quota[];
  /** Sizes that cannot be had in the place that was chosen, and where that is. */
  unavailable: { size: string; where: string; alternatives: string[] }[];
};
export type PlannedResource = {
  kind: Remnant["kind"];
  /** What it is, for people: "t3.small, debian-12", "20 GiB gp3". */
  title: string;
  count: number;
  /** What each costs by: a server's size, a volume's GiB. */
  size?: string;
  gib?: number;
};
/** `used` counts everything of the account, ours or not. */
export type Quota = {
  name: string;
  code?: string;
  unit: string;
  limit: number;
  used: number;
  wanted: number;
};

/** Something of ours in a cloud. */
export type Remnant = {
  id: string;
  kind: "server" | "volume" | "network" | "subnet" | "gateway" | "firewall" | "key";
  name: string;
  region: string;
  /** The environment that it was made for; "" where its marks do not tell. */
  environmentId: string;
  createdAt: Date | null;
  /** A server's size and state. */
  size?: string;
  state?: ServerState;
  /** A volume's size. */
  gib?: number;
};
/** `unread`: regions that did not answer, and why; nothing is known of those. */
export type Remnants = { found: Remnant[]; unread: { region: string; reason: string }[] };
/** Why it is still there; null where it is gone. */
export type RemovedRemnant = { id: string; reason: string | null };

/** A server that was seen before, and the environment that it was made for. */
export type KnownServer = { id: string; environmentId: string };

export type ServerState = "pending" | "running" | "stopping" | "stopped" | "shutting-down";

/** Where a port of a server is really reached. */
export type Endpoint = { host: string; port: number };

export type Server = {
  id: string;
  name: string;
  state: ServerState;
  publicIp: string | null;
  privateIp: string | null;
  /** The part of the region that it is in, where the cloud tells. */
  zone: string | null;
  image: string;
  size: string;
  /** By port as the server knows it ("22"); absent ports are reached at `publicIp` directly. */
  endpoints: Record<string, Endpoint>;
  environmentId: string;
  nodeId: string;
  /** The attempt that made it. */
  attempt: string;
  createdAt: Date | null;
  /** Tags that a server found by its id should have and has not, as its cloud shows them; `list` goes by them. */
  lacks?: string[];
};

export type EnvironmentSpec = {
  owner: Owner;
  id: string;
  /** A slug that is legal wherever a cloud wants a name: letters, digits and dashes, at most 63. */
  name: string;
  region: string;
  /** OpenSSH line of the environment's own key. */
  publicKey: string;
  ingress: Ingress[];
  /** What the environment's wish says of its launch; the rest is as the settings have it. */
  choices?: LaunchChoices;
};

export type ServerSpec = {
  nodeId: string;
  /** 32 hexadecimal characters, persisted before the call; the cloud's idempotency token. */
  attempt: string;
  /** Full server name, a legal hostname of at most 63 characters. */
  name: string;
  /** What the environment's other nodes call it. */
  nodeName: string;
  size: string;
  /** Login `cloudhero` takes these; the first is the environment's own. */
  authorizedKeys: string[];
  /** The ed25519 host key that the server must have at first contact. */
  hostKey: { privateKey: string; publicKey: string };
  /** Ports that other machines may want to reach, beside 22. */
  ports: number[];
};

export type Launched =
  | { attempt: string; id: string }
  /** This attempt will never make a server; another attempt may, when `retryable`. */
  | { attempt: string; error: ProviderError };

/** `previous` is null where the cloud did not say. */
export type Transition = { id: string; previous: ServerState | null; current: ServerState | "terminated" };

export type ProviderErrorCode =
  | "unauthorized"
  | "unreachable"
  | "throttled"
  | "quota"
  | "capacity"
  | "conflict"
  | "invalid"
  | "internal";

/** A cloud's refusal in our words; `message` carries the cloud's own, never a secret. */
export class ProviderError extends Error {
  readonly code: ProviderErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ProviderErrorCode,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "ProviderError";
    this.code = code;
    this.retryable =
      options.retryable ?? ["unreachable", "throttled", "capacity", "conflict", "internal"].includes(code);
    this.retryAfterMs = options.retryAfterMs;
  }
}
