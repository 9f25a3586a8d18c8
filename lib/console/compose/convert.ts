import { invalid } from "#lib/errors.ts";
import { convertService } from "./convert-service.ts";
import { problemsOf, readCompose } from "./read.ts";
import { type ComposeFile, type Contents, ignored, type Network } from "./schema.ts";
import { type FileWish, type NetworkWish, type Scope, type Stack, scopeOf, stackLabel } from "./stack.ts";

const stackName = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,39}$/;

/**
 * What `docker stack deploy` would ask of a swarm for this file: the same names, labels and specifications. Beside that
 * it takes a config's or secret's text under `content`, and refuses what names files of the reader's own machine.
 * Throws invalid, with every place that is wrong.
 */
export function stackOf(name: string, source: string, values: Readonly<Record<string, string>>): Stack {
  if (!stackName.test(name))
    throw invalid(
      "A stack's name has up to 40 letters, digits, dashes and underscores, and begins with a letter or digit.",
      "name",
    );
  const file = readCompose(source, values);
  const scope = scopeOf(name);
  const wrong: string[] = [];
  if (Object.keys(file.services).length === 0) wrong.push("services: has none");
  const services = Object.entries(file.services).map(([key, service]) =>
    convertService(key, service, file, scope, (path, words) =>
      wrong.push(`services.${key}.${path.join(".")} ${words}`),
    ),
  );
  const used = usedNetworks(file);
  const stack = {
    name,
    services,
    networks: used.flatMap((key) => networkOf(key, file.networks[key] ?? {}, scope)),
    configs: filesOf("configs", file.configs, scope, wrong),
    secrets: filesOf("secrets", file.secrets, scope, wrong),
    external: {
      networks: used.flatMap((key) => (file.networks[key]?.external ? scope.nameOf(key, file.networks[key]) : [])),
      configs: externalOf(file.configs, scope),
      secrets: externalOf(file.secrets, scope),
    },
    warnings: warningsOf(file),
  };
  if (wrong.length > 0) throw problemsOf(wrong);
  return stack;
}

/** Networks that a service is in; what the file names besides is not made. */
function usedNetworks({ services }: ComposeFile): string[] {
  const keys = Object.values(services).flatMap(({ networks }) => {
    const named = Object.keys(networks ?? {});
    return named.length > 0 ? named : ["default"];
  });
  return [...new Set(keys)].toSorted();
}

function networkOf(key: string, network: Network, scope: Scope): NetworkWish[] {
  if (network.external) return [];
  const { driver = "overlay", driver_opts, internal = false, attachable = false, labels, ipam } = network;
  const IPAM = ipam && {
    Driver: ipam.driver ?? "",
    Config: (ipam.config ?? []).map(({ subnet }) => ({ Subnet: subnet })),
  };
  return [
    {
      Name: scope.nameOf(key, network),
      Driver: driver,
      Options: driver_opts,
      Internal: internal,
      Attachable: attachable,
      Labels: { ...labels, [stackLabel]: scope.stack },
      ...(IPAM ? { IPAM } : {}),
      CheckDuplicate: true,
    },
  ];
}

function filesOf(kind: string, files: Record<string, Contents>, scope: Scope, wrong: string[]): FileWish[] {
  return Object.entries(files).flatMap(([key, one]) => {
    if (one.external) return [];
    if (one.content === undefined) wrong.push(`${kind}.${key}: has no content`);
    return {
      Name: scope.nameOf(key, one),
      Labels: { ...one.labels, [stackLabel]: scope.stack },
      content: one.content ?? "",
      ...(one.template_driver ? { templating: one.template_driver } : {}),
    };
  });
}

const externalOf = (files: Record<string, Contents>, scope: Scope) =>
  Object.entries(files).flatMap(([key, one]) => (one.external ? scope.nameOf(key, one) : []));

function warningsOf({ services }: ComposeFile): string[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const passed = Object.keys(service).filter(
      (key) => key in ignored && (service as Record<string, unknown>)[key] !== undefined,
    );
    const lines = passed.map((key) => `services.${name}.${key} is passed over: ${ignored[key]}.`);
    if (service.build !== undefined && service.image)
      lines.push(
        `services.${name}.build is passed over: a swarm builds nothing. ${service.image} must be in a registry.`,
      );
    for (const { ip } of service.ports ?? [])
      if (ip) lines.push(`services.${name}.ports: the address ${ip} is passed over; a swarm publishes on every node.`);
    if (service.healthcheck?.start_interval !== undefined)
      lines.push(`services.${name}.healthcheck.start_interval needs Docker 25 on the nodes; older ones pass over it.`);
    return lines;
  });
}
