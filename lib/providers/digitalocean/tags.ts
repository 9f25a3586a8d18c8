import { createHash } from "node:crypto";
import type { EnvironmentSpec, Owner, ServerSpec } from "../provider.ts";

// Tags are flat, the same in any case, at most 255 letters, digits, colons, dashes and underscores.
const PREFIX = "cloudhero";

export const ownerTag = (owner: Owner) => `${PREFIX}:${owner.installationId}:${owner.providerId}`;

/** What has no tags of its own (keys, firewalls) carries the same marks in its name. */
export const markedName = ({ owner, id }: EnvironmentSpec) => `${ownerPrefix(owner)}${id}`;

const ownerPrefix = (owner: Owner) => `${PREFIX}-${owner.installationId}-${owner.providerId}-`;

/** The environment that something of the owner's was made for, by its name; null for a name that is not the owner's. */
export function environmentNamed(owner: Owner, name: string): string | null {
  const prefix = ownerPrefix(owner);
  return name.startsWith(prefix) ? name.slice(prefix.length) : null;
}

/** Also what the firewall applies to, and what says that a server is of an environment. */
export const environmentTag = (environment: Pick<EnvironmentSpec, "id">) => `${PREFIX}:environment:${environment.id}`;

/**
 * A call tags its droplets alike, so each carries a tag for every attempt of the call, which tells whose it is by the
 * droplet's name: the name is unique within a call and shows as eight characters of its hash.
 */
export const nodeTag = (environment: EnvironmentSpec, { nodeId, attempt, name }: ServerSpec) =>
  `${PREFIX}:node:${environment.id}:${nodeId}:${attempt}:${nameHash(name)}`;

/** Which of the tags that an environment's droplets are known by this one does not have. */
export function lackedTags(droplet: { tags: string[] }, owner: Owner, environmentId: string): string[] {
  const has = new Set(droplet.tags.map((tag) => tag.toLowerCase()));
  const wanted = [ownerTag(owner), environmentTag({ id: environmentId })];
  return wanted.filter((tag) => !has.has(tag.toLowerCase()));
}

export const nodeTagPrefix = (environment: EnvironmentSpec) => `${PREFIX}:node:${environment.id}:`;

export type Node = { environmentId: string; nodeId: string; attempt: string };

/** Whose a droplet is; null for one that no launch of ours tagged. */
export function nodeOf(droplet: { name: string; tags: string[] }): Node | null {
  const hash = nameHash(droplet.name);
  const mine = droplet.tags
    .map((tag) => tag.toLowerCase().split(":"))
    .find((parts) => parts[1] === "node" && parts[5] === hash);
  if (mine?.[0] !== PREFIX || !mine[2] || !mine[3] || !mine[4]) return null;
  return { environmentId: mine[2], nodeId: mine[3], attempt: mine[4] };
}

const nameHash = (name: string) => createHash("sha256").update(name).digest("hex").slice(0, 8);
