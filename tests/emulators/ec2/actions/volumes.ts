import type { DeleteVolumeRequest, DescribeVolumesRequest, DescribeVolumesResult } from "@aws-sdk/client-ec2";
import { ApiError } from "../api-error.ts";
import { byId, type CallContext, visible } from "../context.ts";
import { page, passes } from "../filter.ts";
import { tagList } from "../world.ts";

export function DescribeVolumes(ctx: CallContext, input: DescribeVolumesRequest): DescribeVolumesResult {
  const state = (instanceId: string | null) => (instanceId ? "in-use" : "available");
  const found = visible(ctx, ctx.region.volumes).filter((volume) =>
    passes(volume, input.Filters, {
      status: (one) => [state(one.instanceId)],
      "attachment.instance-id": (one) => [one.instanceId],
    }),
  );
  const { items, NextToken } = page(found, input, ctx.world.behaviour.pageLimit);
  const Volumes = items.map((volume) => ({
    VolumeId: volume.id,
    Size: volume.sizeGib,
    Encrypted: volume.encrypted,
    VolumeType: volume.type as "gp3",
    AvailabilityZone: volume.zone,
    State: state(volume.instanceId) as "in-use" | "available",
    CreateTime: new Date(volume.createdAt),
    Tags: tagList(volume),
  }));
  return { Volumes, NextToken };
}

export function DeleteVolume(ctx: CallContext, input: DeleteVolumeRequest) {
  const [volume] = byId(ctx, ctx.region.volumes, [input.VolumeId ?? ""], "InvalidVolume.NotFound", "volume");
  if (volume!.instanceId)
    throw new ApiError("VolumeInUse", `Volume ${volume!.id} is currently attached to ${volume!.instanceId}`);
  ctx.region.volumes.delete(volume!.id);
  return {};
}
