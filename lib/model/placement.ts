import { patternOf } from "./pattern.ts";

/** A node that a container may be placed on. */
export type Candidate = {
  name: string;
  /** "node", "region", "size", and the engine's own. */
  labels: Record<string, string>;
  /** Bytes that are promised to nobody. */
  free: number;
  containers: { id: string; name: string }[];
  images: string[];
};

export type Expression = { kind: "constraint" | "affinity"; key: string; equal: boolean; soft: boolean; value: string };

/** "constraint:region==eu-*", "affinity:container!=~web" and the like, as Classic Swarm took them in a container's environment. */
export function expressionOf(entry: string): Expression | null {
  const found = entry.match(/^(constraint|affinity):([\w.-]+)(==|!=)(~?)(.+)$/s);
  if (!found) return null;
  const [, kind, key, operator, soft, value] = found;
  return { kind: kind as Expression["kind"], key: key!, equal: operator === "==", soft: soft === "~", value: value! };
}

/** Who may have it: all that every hard expression holds for, and of those the ones that soft expressions hold for, if any. */
export function eligible<T extends Candidate>(candidates: T[], expressions: Expression[]): T[] {
  const hard = candidates.filter((one) => expressions.every((expression) => expression.soft || holds(one, expression)));
  const soft = hard.filter((one) => expressions.every((expression) => holds(one, expression)));
  return soft.length > 0 ? soft : hard;
}

/** What engines call a machine, by what a platform calls it. */
const machines: Record<string, string[]> = {
  amd64: ["x86_64"],
  arm64: ["aarch64"],
  arm: ["armv7l", "armv6l"],
  386: ["i386", "i686"],
};

/** Those whose machine is of a platform ("linux/arm64/v8"); all where none is, since an engine may emulate it. */
export function ofPlatform<T extends Candidate>(candidates: T[], platform: string): T[] {
  const [, machine = platform] = platform.toLowerCase().split("/");
  const names = [machine, ...(machines[machine] ?? [])];
  const own = candidates.filter(({ labels }) => names.includes(labels.architecture ?? ""));
  return own.length > 0 ? own : candidates;
}

/** The one with the most free memory; of equals the one with the fewest containers, then the first. */
export function roomiest<T extends Candidate>(candidates: T[]): T | undefined {
  return candidates.toSorted(
    (one, other) => other.free - one.free || one.containers.length - other.containers.length,
  )[0];
}

function holds(candidate: Candidate, { kind, key, equal, value }: Expression): boolean {
  const matches = matcher(value);
  return valuesOf(candidate, kind, key).some(matches) === equal;
}

function valuesOf({ labels, containers, images }: Candidate, kind: Expression["kind"], key: string): string[] {
  if (kind === "affinity" && key === "container")
    return containers.flatMap(({ id, name }) => [id, id.slice(0, 12), name]);
  if (kind === "affinity" && key === "image") return images;
  return labels[key] === undefined ? [] : [labels[key]];
}

/** A value as it is, with "*" for anything, or a regular expression between slashes. */
function matcher(value: string): (candidate: string) => boolean {
  const literal = value.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const source = value.length > 2 && value.startsWith("/") && value.endsWith("/") ? value.slice(1, -1) : `^${literal}$`;
  return patternOf(source) ?? (() => false);
}
