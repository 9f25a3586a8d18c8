import type { ImageName } from "#lib/model/launch.ts";

export const packageNames = [
  "docker",
  "mysql",
  "mariadb",
  "postgresql",
  "redis",
  "nginx",
  "apache",
  "nodejs",
  "python",
  "php",
  "java",
  "memcached",
  "rabbitmq",
] as const;
export type PackageName = (typeof packageNames)[number];

/** What a client logs in with; every value is safe in a shell, in SQL and in a URL (see `assertPlan`). */
export type Credential = { username: string; password: string; database?: string };

/** Where a client reaches the package. */
export type Address = { host: string; port: number };

/**
 * One thing that can be asked for. `configure` and `check` are bash lines that run as root under `set -euo pipefail`
 * with `$username`, `$password`, `$database` (where the package has them) and `$port` set, and with the functions of
 * script/files.ts and script/services.ts at hand. Both may run any number of times.
 */
export type Package = {
  readonly name: PackageName;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  /** The distribution's own packages, installed without recommendations. */
  readonly apt: readonly string[];
  /** The packages (dpkg globs) whose version is the one a person means; the first one installed counts. */
  readonly versionOf: readonly string[];
  /** As each image ships it; an image that is absent lacks the package. */
  readonly versions: Partial<Record<ImageName, string>>;
  /** The first one is the package's own; an environment's other nodes reach them all. */
  readonly ports: readonly number[];
  /** Ports instead, on a node that has that other package too. */
  readonly portsBeside?: { readonly name: PackageName; readonly ports: readonly number[] };
  /** systemd units (globs) that `remove` stops and disables. */
  readonly units: readonly string[];
  /** Makes the installed package serve, and is done only when it does. */
  readonly configure: string;
  /** Proves that it answers: exit status 0 within 15 s. */
  readonly check: string;
  /** Seconds until the check must have held; 30 unless said. */
  readonly patience?: number;
  readonly login?: Login;
};

export type Login = {
  /** The generated user owns a database of this name. */
  readonly database?: string;
  /** Another package that is the same server: on one node both have the same credential. */
  readonly sharedWith?: PackageName;
  /** What a client library takes, password included. */
  connectionString(address: Address, credential: Credential): string;
};
