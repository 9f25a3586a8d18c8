import type { ServiceSpec } from "../compose/stack.ts";

/** What an engine says where nobody said anything. */
const usual: Record<string, unknown> = {
  Isolation: "default",
  Protocol: "tcp",
  PublishMode: "ingress",
  Condition: "any",
  FailureAction: "pause",
  Order: "stop-first",
  Runtime: "container",
  "EndpointSpec.Mode": "vip",
  "RestartPolicy.Delay": 5_000_000_000,
};
/** What is no part of a wish: ids, counters, and what an engine found out by itself. */
const passing = ["ForceUpdate", "Platforms", "ConfigID", "SecretID"];
/** Where nothing and not is something else than silence. */
const telling = ["Init"];

/**
 * A service's specification with all that an engine adds or leaves out by itself taken away, so that two that mean the
 * same are the same. `networks` names networks by id: an engine keeps their ids.
 */
export function normal(spec: ServiceSpec, networks: ReadonlyMap<string, string>): Record<string, unknown> {
  const plain = JSON.parse(JSON.stringify(spec)) as ServiceSpec;
  const { Replicated } = plain.Mode ?? {};
  // None is a wish; silence is one.
  if (Replicated) Replicated.Replicas = String(Replicated.Replicas ?? 1);
  for (const network of plain.TaskTemplate?.Networks ?? [])
    network.Target = networks.get(network.Target) ?? network.Target;
  plain.TaskTemplate?.Networks?.sort((one: { Target: string }, other: { Target: string }) =>
    one.Target < other.Target ? -1 : 1,
  );
  plain.TaskTemplate?.ContainerSpec?.Env?.sort();
  return (lean(plain, "", "") ?? {}) as Record<string, unknown>;
}

function lean(value: unknown, key: string, parent: string): unknown {
  if (passing.includes(key) || value === null) return undefined;
  if (value === usual[key] || value === usual[`${parent}.${key}`]) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => (typeof item === "object" ? lean(item, "", key) : item));
    return items.length > 0 ? items : undefined;
  }
  if (typeof value !== "object") return value || telling.includes(key) ? value : undefined;
  // Labels and options are texts of the team's: an empty one is one.
  const free = ["Labels", "Options", "Sysctls", "DriverOpts"].includes(key);
  const kept = Object.entries(value)
    .map(([name, item]) => [name, free ? item : lean(item, name, key)] as const)
    .filter(([, item]) => item !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Where two normal specifications differ, as people call it: "image", "environment", "replicas". */
export function differences(one: Record<string, unknown>, other: Record<string, unknown>): string[] {
  return [...new Set(paths(one, other, "").map(called))];
}

function paths(one: unknown, other: unknown, path: string): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  const isBoth = [one, other].every((value) => typeof value === "object" && value !== null && !Array.isArray(value));
  if (!isBoth) return [path];
  const [left, right] = [one, other] as Record<string, unknown>[];
  const keys = [...new Set([...Object.keys(left!), ...Object.keys(right!)])];
  return keys.flatMap((key) => paths(left![key], right![key], path ? `${path}.${key}` : key));
}

const names: [RegExp, string][] = [
  [/ContainerSpec\.Image|com\.docker\.stack\.image/, "image"],
  [/ContainerSpec\.Env/, "environment"],
  [/Replicas|^Mode/, "replicas"],
  [/EndpointSpec/, "ports"],
  [/ContainerSpec\.Mounts/, "volumes"],
  [/ContainerSpec\.(Command|Args)/, "command"],
  [/ContainerSpec\.Healthcheck/, "health check"],
  [/ContainerSpec\.Configs/, "configs"],
  [/ContainerSpec\.Secrets/, "secrets"],
  [/Resources/, "resources"],
  [/Networks/, "networks"],
  [/Placement/, "placement"],
  [/RestartPolicy/, "restart policy"],
  [/UpdateConfig|RollbackConfig/, "update settings"],
  [/Labels/, "labels"],
];
const called = (path: string) => names.find(([pattern]) => pattern.test(path))?.[1] ?? path.split(".").at(-1)!;
