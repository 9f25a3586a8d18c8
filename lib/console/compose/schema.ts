import { z } from "zod";
import { deploy } from "./deploy.ts";
import { volumes } from "./mounts.ts";
import { ports } from "./ports.ts";
import {
  command,
  duration,
  fileMode,
  flag,
  labels,
  oneOrMore,
  options,
  settings,
  text,
  texts,
  whole,
} from "./values.ts";

const name = z.string().regex(/^[a-zA-Z0-9._-]+$/, "has letters, digits, dots, dashes and underscores alone");
const never = (reason: string) =>
  z
    .unknown()
    .refine((value) => value === undefined, reason)
    .optional();
const limits = "set limits in deploy.resources";

const healthcheck = z.strictObject({
  test: z.union([z.string().transform((line) => ["CMD-SHELL", line]), texts]).optional(),
  interval: duration.optional(),
  timeout: duration.optional(),
  retries: whole.optional(),
  start_period: duration.optional(),
  start_interval: duration.optional(),
  disable: flag.optional(),
});

export type Attachment = { aliases?: string[]; driver_opts?: Record<string, string> };
const attachment = z.union([
  z.null().transform((): Attachment => ({})),
  z.strictObject({
    aliases: texts.optional(),
    driver_opts: options.optional(),
    ipv4_address: text.optional(),
    ipv6_address: text.optional(),
  }),
]);

const attachments = z.union([
  texts.transform((all): Record<string, Attachment> => Object.fromEntries(all.map((one) => [one, {}]))),
  z.record(z.string(), attachment),
]);

/** A config or a secret as a service uses it. */
const file = z.union([
  z.string().transform((source) => ({ source })),
  z.strictObject({
    source: text,
    target: text.optional(),
    uid: text.optional(),
    gid: text.optional(),
    mode: fileMode.optional(),
  }),
]);
export type FileUse = { source: string; target?: string; uid?: string; gid?: string; mode?: number };

const ulimit = z.union([
  whole.transform((both) => ({ soft: both, hard: both })),
  z.strictObject({ soft: whole, hard: whole }),
]);

const hosts = z.union([texts, options.transform((all) => Object.entries(all).map(([host, ip]) => `${host}:${ip}`))]);

/** What a swarm cannot do, and what it does instead: said, and passed over. */
export const ignored: Record<string, string> = {
  cgroup_parent: "swarm services cannot choose it",
  cgroupns_mode: "swarm services cannot choose it",
  container_name: "tasks are named by the swarm",
  depends_on: "a swarm starts all services at once, and restarts what fails until what it needs is there",
  devices: "swarm services get no devices",
  domainname: "swarm services have none",
  expose: "services of one network reach each other's ports anyway",
  external_links: "use a network that both are in",
  ipc: "swarm services cannot share it",
  links: "services of one network find each other by name anyway",
  mac_address: "swarm services cannot choose it",
  network_mode: "services are in networks alone",
  pid: "swarm services cannot share it",
  platform: "the image's own platforms decide",
  privileged: "swarm services are never privileged",
  profiles: "all services of the file are deployed",
  pull_policy: "each node pulls what it lacks",
  scale: "use deploy.replicas",
  security_opt: "swarm services cannot choose it",
  shm_size: "use a mount of type tmpfs at /dev/shm",
  tmpfs: "docker stack deploy passes over it as well: use a mount of type tmpfs",
  userns_mode: "swarm services cannot choose it",
};

export const service = z.strictObject({
  ...Object.fromEntries(Object.keys(ignored).map((key) => [key, z.unknown().optional()])),
  image: text.optional(),
  build: z.unknown().optional(),
  cap_add: texts.optional(),
  cap_drop: texts.optional(),
  command: command.optional(),
  configs: z.array(file).optional(),
  credential_spec: never("is for Windows, which CloudHero's servers are not"),
  deploy: deploy.optional(),
  dns: oneOrMore.optional(),
  dns_search: oneOrMore.optional(),
  entrypoint: command.optional(),
  env_file: never("names a file on your own machine: write its lines under environment"),
  environment: settings.optional(),
  extends: never("is not understood by swarms: write the service out"),
  extra_hosts: hosts.optional(),
  healthcheck: healthcheck.optional(),
  hostname: text.optional(),
  init: flag.optional(),
  isolation: text.optional(),
  labels: labels.optional(),
  logging: z.strictObject({ driver: text.optional(), options: options.optional() }).optional(),
  networks: attachments.optional(),
  oom_score_adj: z.number().int().optional(),
  ports: ports.optional(),
  read_only: flag.optional(),
  restart: z
    .string()
    .regex(
      /^(no|always|unless-stopped|on-failure(:\d+)?)$/,
      "must be no, always, unless-stopped, on-failure or on-failure:N",
    )
    .or(z.literal(false).transform(() => "no"))
    .optional(),
  secrets: z.array(file).optional(),
  stdin_open: flag.optional(),
  stop_grace_period: duration.optional(),
  stop_signal: text.optional(),
  sysctls: settings.optional(),
  tty: flag.optional(),
  ulimits: z.record(z.string(), ulimit).optional(),
  user: text.optional(),
  volumes: volumes.optional(),
  working_dir: text.optional(),
  cpu_quota: never(limits),
  cpu_shares: never(limits),
  cpus: never(limits),
  cpuset: never(limits),
  mem_limit: never(limits),
  mem_reservation: never("set reservations in deploy.resources"),
  memswap_limit: never(limits),
  volume_driver: never("belongs to the volume, under volumes"),
  volumes_from: never("name the volume under volumes, and use it in both services"),
});
export type Service = z.output<typeof service>;

const external = z.union([flag, z.strictObject({ name: text })]).optional();

export const network = z.strictObject({
  name: text.optional(),
  external,
  driver: text.optional(),
  driver_opts: options.optional(),
  attachable: flag.optional(),
  internal: flag.optional(),
  labels: labels.optional(),
  ipam: z
    .strictObject({ driver: text.optional(), config: z.array(z.strictObject({ subnet: text })).optional() })
    .optional(),
});
export type Network = z.output<typeof network>;

export const volume = z.strictObject({
  name: text.optional(),
  external,
  driver: text.optional(),
  driver_opts: options.optional(),
  labels: labels.optional(),
});
export type Volume = z.output<typeof volume>;

const noFile = never('names a file on your own machine: write its text under "content" instead');
const noEnvironment = never("is a shell's: name the variable under content, and fill it in below");
const contents = z.strictObject({
  name: text.optional(),
  external,
  content: text.optional(),
  file: noFile,
  environment: noEnvironment,
  labels: labels.optional(),
  template_driver: text.optional(),
});
export type Contents = z.output<typeof contents>;

const or = <T extends z.ZodType>(schema: T) =>
  z
    .record(
      name,
      z.preprocess((value) => value ?? {}, schema),
    )
    .default({});

/** A Compose file as a swarm takes it. */
export const composeFile = z.strictObject({
  version: text.optional(),
  name: text.optional(),
  services: z.record(name, service, { error: "must be a map of services" }),
  networks: or(network),
  volumes: or(volume),
  configs: or(contents),
  secrets: or(contents),
});
export type ComposeFile = z.output<typeof composeFile>;
