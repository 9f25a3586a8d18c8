import { capabilities } from "./capabilities.ts";
import { modeOf } from "./deploy.ts";
import type { Volume as Mount } from "./mounts.ts";
import { inOrder } from "./ports.ts";
import type { ComposeFile, FileUse, Service } from "./schema.ts";
import { type Complain, type Scope, type ServiceSpec, stackLabel } from "./stack.ts";

/** What an image is called in a service's labels, so that a later deployment knows whether the file has another. */
export const imageLabel = "com.docker.stack.image";

/** One service as the engine takes it: what `docker stack deploy` makes of the same lines. */
export function convertService(
  name: string,
  service: Service,
  file: ComposeFile,
  scope: Scope,
  complain: Complain,
): ServiceSpec {
  const { deploy } = service;
  const mode = modeOf(deploy ?? { mode: "replicated", replicas: undefined });
  if (!mode) complain(["deploy", "replicas"], "makes no sense in a global mode");
  if (!service.image && service.build !== undefined)
    complain(
      ["build"],
      "asks for a build: a swarm builds nothing. Build it, push it to a registry, and name it under image",
    );
  else if (!service.image) complain(["image"], "is missing: a service runs an image that a registry has");
  const caps = capabilities(service.cap_add ?? [], service.cap_drop ?? []);
  const image = service.image ?? "";
  return {
    Name: scope.named(name),
    Labels: { ...deploy?.labels, [stackLabel]: scope.stack, [imageLabel]: image },
    TaskTemplate: {
      ContainerSpec: {
        Image: image,
        Command: service.entrypoint,
        Args: service.command,
        Hostname: service.hostname,
        Hosts: service.extra_hosts?.flatMap(hostLine),
        DNSConfig:
          service.dns || service.dns_search ? { Nameservers: service.dns, Search: service.dns_search } : undefined,
        Healthcheck: healthOf(service, complain),
        Env: environmentOf(service.environment),
        Labels: { ...service.labels, [stackLabel]: scope.stack },
        Dir: service.working_dir,
        User: service.user,
        Mounts: service.volumes?.map((mount, index) =>
          mountOf(mount, file, scope, (words) => complain(["volumes", index], words)),
        ),
        StopGracePeriod: service.stop_grace_period,
        StopSignal: service.stop_signal,
        TTY: service.tty,
        OpenStdin: service.stdin_open,
        ReadOnly: service.read_only,
        Privileges: {},
        Isolation: service.isolation,
        Init: service.init,
        Sysctls:
          service.sysctls &&
          Object.fromEntries(Object.entries(service.sysctls).map(([key, value]) => [key, value ?? ""])),
        CapabilityAdd: caps.add,
        CapabilityDrop: caps.drop,
        Ulimits: ulimitsOf(service.ulimits),
        OomScoreAdj: service.oom_score_adj,
        Configs: filesOf("configs", service.configs, file, scope, complain).map(({ Name, File }) => ({
          ConfigName: Name,
          File,
        })),
        Secrets: filesOf("secrets", service.secrets, file, scope, complain).map(({ Name, File }) => ({
          SecretName: Name,
          File,
        })),
      },
      LogDriver: service.logging && { Name: service.logging.driver, Options: service.logging.options },
      Resources: { Limits: deploy?.resources?.limits, Reservations: deploy?.resources?.reservations },
      RestartPolicy: deploy?.restart_policy ?? restartOf(service.restart),
      Placement: deploy?.placement ?? {},
      Networks: networksOf(name, service, file, scope, complain),
    },
    Mode: mode ?? {},
    UpdateConfig: deploy?.update_config,
    RollbackConfig: deploy?.rollback_config,
    EndpointSpec: { Mode: deploy?.endpoint_mode, Ports: inOrder((service.ports ?? []).flatMap(({ ports }) => ports)) },
  };
}

/** "host:address" as an engine has it. */
function hostLine(line: string): string[] {
  const [, host, address] = /^([^:=]+)[:=](.*)$/.exec(line) ?? [];
  return host && address ? [`${address.replace(/^\[(.*)\]$/, "$1")} ${host}`] : [];
}

function healthOf({ healthcheck: health }: Service, complain: Complain) {
  if (!health) return undefined;
  if (health.disable && health.test) complain(["healthcheck"], "has a test, and is disabled: one of them");
  if (health.disable) return { Test: ["NONE"] };
  const { test, interval, timeout, retries, start_period, start_interval } = health;
  return {
    Test: test,
    Interval: interval,
    Timeout: timeout,
    Retries: retries,
    StartPeriod: start_period,
    StartInterval: start_interval,
  };
}

const environmentOf = (environment: Service["environment"]) =>
  environment &&
  Object.entries(environment)
    .map(([name, value]) => (value === null ? name : `${name}=${value}`))
    .toSorted(byLetters);

const byLetters = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function mountOf(mount: Mount, { volumes }: ComposeFile, scope: Scope, complain: (words: string) => void) {
  const { type: Type, source, target: Target, readOnly: ReadOnly, nocopy, propagation, size } = mount;
  const bare = { Type, Target, ReadOnly };
  if (Type === "bind") return { ...bare, Source: source, BindOptions: propagation && { Propagation: propagation } };
  if (Type === "tmpfs") return { ...bare, TmpfsOptions: size === undefined ? undefined : { SizeBytes: size } };
  if (!source) return bare;
  const volume = volumes[source];
  if (!volume) {
    complain(`the volume ${source} is not named under volumes`);
    return bare;
  }
  const { driver, driver_opts: Options, labels } = volume;
  const own = {
    Labels: { ...labels, [stackLabel]: scope.stack },
    DriverConfig: driver || Options ? { Name: driver, Options } : undefined,
  };
  return {
    ...bare,
    Source: scope.nameOf(source, volume),
    VolumeOptions: { NoCopy: nocopy, ...(volume.external ? {} : own) },
  };
}

const ulimitsOf = (ulimits: Service["ulimits"]) =>
  ulimits &&
  Object.entries(ulimits)
    .map(([Name, { soft: Soft, hard: Hard }]) => ({ Name, Soft, Hard }))
    .toSorted((one, other) => byLetters(one.Name, other.Name));

function restartOf(restart: string | undefined) {
  const [word, count] = (restart ?? "no").split(":");
  if (word === "no") return undefined;
  return { Condition: word === "on-failure" ? "on-failure" : "any", MaxAttempts: Number(count ?? 0) || undefined };
}

function networksOf(name: string, { networks }: Service, file: ComposeFile, scope: Scope, complain: Complain) {
  const wanted = Object.entries(networks && Object.keys(networks).length > 0 ? networks : { default: {} });
  const attached = wanted.map(([key, { aliases = [], driver_opts: DriverOpts }]) => {
    const network = file.networks[key];
    if (!network && key !== "default") complain(["networks"], `the network ${key} is not named under networks`);
    const Target = scope.nameOf(key, network ?? {});
    const isOwn = !["host", "bridge", "none", "default"].includes(Target);
    return { Target, Aliases: isOwn ? [...aliases, name] : aliases, DriverOpts };
  });
  return attached.toSorted((one, other) => byLetters(one.Target, other.Target));
}

function filesOf(
  kind: "configs" | "secrets",
  uses: FileUse[] | undefined,
  file: ComposeFile,
  scope: Scope,
  complain: Complain,
) {
  const found = (uses ?? []).map(({ source, target, uid = "0", gid = "0", mode = 0o444 }) => {
    const known = file[kind][source];
    if (!known) complain([kind], `${source} is not named under ${kind}`);
    return {
      Name: scope.nameOf(source, known ?? {}),
      File: { Name: target ?? source, UID: uid, GID: gid, Mode: mode },
    };
  });
  return found.toSorted((one, other) => byLetters(one.Name, other.Name));
}
