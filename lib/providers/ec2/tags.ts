import type { Instance, ResourceType, Tag, TagSpecification } from "@aws-sdk/client-ec2";
import type { EnvironmentSpec, Owner, ServerSpec } from "../provider.ts";

export const INSTALLATION = "cloudhero:installation";
export const PROVIDER = "cloudhero:provider";
export const ENVIRONMENT = "cloudhero:environment";
const NODES = "cloudhero:nodes-";

// A tag's value has at most 256 characters, of which "-" and "_" may be any.
const ENTRIES_PER_TAG = 6;
const NODE_CHARACTERS = 16;
const ENTRY_CHARACTERS = 38;

export const ownerFilters = (owner: Owner) => [
  { Name: `tag:${INSTALLATION}`, Values: [owner.installationId] },
  { Name: `tag:${PROVIDER}`, Values: [owner.providerId] },
];

export const environmentFilters = (environment: EnvironmentSpec) => [
  ...ownerFilters(environment.owner),
  { Name: `tag:${ENVIRONMENT}`, Values: [environment.id] },
];

export function environmentTags(environment: EnvironmentSpec, name: string): Tag[] {
  return [
    { Key: INSTALLATION, Value: environment.owner.installationId },
    { Key: PROVIDER, Value: environment.owner.providerId },
    { Key: ENVIRONMENT, Value: environment.id },
    { Key: "Name", Value: name },
  ];
}

/** Which of the tags that an environment's servers are known by this one does not have, as AWS's console shows them. */
export function lackedTags(tagged: { Tags?: Tag[] }, owner: Owner, environmentId: string): string[] {
  const wanted = [
    [INSTALLATION, owner.installationId],
    [PROVIDER, owner.providerId],
    [ENVIRONMENT, environmentId],
  ] as const;
  return wanted.filter(([key, value]) => tagOf(tagged, key) !== value).map(([key, value]) => `${key} = ${value}`);
}

export const specification = (type: ResourceType, Tags: Tag[]): TagSpecification => ({ ResourceType: type, Tags });

/**
 * A launch tags all its servers alike, so the tags hold every node and attempt of it in the order of launch indexes:
 * 24 and 32 hexadecimal characters become 16 and 22 of base64url, six pairs to a tag.
 */
export function nodeTags(specs: ServerSpec[]): Tag[] {
  const entries = specs.map(({ nodeId, attempt }) => pack(nodeId) + pack(attempt));
  const count = Math.ceil(entries.length / ENTRIES_PER_TAG);
  return Array.from({ length: count }, (_, index) => ({
    Key: `${NODES}${String(index).padStart(2, "0")}`,
    Value: entries.slice(index * ENTRIES_PER_TAG, (index + 1) * ENTRIES_PER_TAG).join(""),
  }));
}

/** Every node and attempt of the launch that an instance came out of, in the order of launch indexes. */
export function nodesOf(instance: Instance): { nodeId: string; attempt: string }[] {
  const tags = (instance.Tags ?? []).filter(({ Key }) => Key?.startsWith(NODES));
  const text = tags
    .toSorted((a, b) => (a.Key ?? "").localeCompare(b.Key ?? ""))
    .map(({ Value }) => Value)
    .join("");
  return Array.from({ length: Math.floor(text.length / ENTRY_CHARACTERS) }, (_, index) => {
    const entry = text.slice(index * ENTRY_CHARACTERS, (index + 1) * ENTRY_CHARACTERS);
    return { nodeId: unpack(entry.slice(0, NODE_CHARACTERS)), attempt: unpack(entry.slice(NODE_CHARACTERS)) };
  });
}

/** Which node's attempt an instance is; null for one that no launch of ours tagged. */
export function nodeOf(instance: Instance): { nodeId: string; attempt: string } | null {
  return nodesOf(instance)[instance.AmiLaunchIndex ?? 0] ?? null;
}

export function tagOf(tagged: { Tags?: Tag[] }, key: string): string | undefined {
  return tagged.Tags?.find((tag) => tag.Key === key)?.Value;
}

const pack = (hex: string) => Buffer.from(hex, "hex").toString("base64url");
const unpack = (text: string) => Buffer.from(text, "base64url").toString("hex");
