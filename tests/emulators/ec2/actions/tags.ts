import type { CreateTagsRequest, Tag, TagSpecification } from "@aws-sdk/client-ec2";
import { ApiError } from "../api-error.ts";
import type { CallContext } from "../context.ts";
import type { Resource } from "../world.ts";

const MAX_TAGS = 50;

/** Checks tags as EC2 does: at most 50, keys of at most 128 characters, values of at most 256, none starting "aws:". */
export function checkTags(tags: Tag[]): void {
  if (tags.length > MAX_TAGS) throw new ApiError("TagLimitExceeded", "More than 50 tags specified");
  for (const { Key = "", Value = "" } of tags) {
    if (!Key || Key.length > 128 || Key.startsWith("aws:")) {
      throw new ApiError("InvalidParameterValue", `Tag key '${Key}' is invalid.`);
    }
    if (Value.length > 256 || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(Value)) {
      throw new ApiError("InvalidParameterValue", `Tag value for '${Key}' is invalid.`);
    }
  }
}

/** The tags that a creation asks for its resources of one type. */
export function tagsFor(specifications: TagSpecification[] | undefined, type: string): Tag[] {
  const tags = (specifications ?? []).filter((one) => one.ResourceType === type).flatMap((one) => one.Tags ?? []);
  checkTags(tags);
  return tags;
}

export function CreateTags(ctx: CallContext, input: CreateTagsRequest) {
  const { instances, volumes, interfaces, vpcs, subnets, gateways, routeTables, groups, keyPairs } = ctx.region;
  const maps: Map<string, Resource>[] = [
    instances,
    volumes,
    interfaces,
    vpcs,
    subnets,
    gateways,
    routeTables,
    groups,
    keyPairs,
  ];
  const found = (input.Resources ?? []).map((id) => {
    const one = maps.map((map) => map.get(id)).find((resource) => resource !== undefined);
    if (one && one.visibleAt <= ctx.now) return one;
    const kind = id.startsWith("i-") ? "InvalidInstanceID.NotFound" : "InvalidID";
    throw new ApiError(kind, `The ID '${id}' does not exist`);
  });
  for (const resource of found) {
    const all = new Map([
      ...resource.tags,
      ...(input.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value] as const),
    ]);
    checkTags([...all].map(([Key, Value]) => ({ Key, Value })));
    resource.tags = all;
  }
  return {};
}
