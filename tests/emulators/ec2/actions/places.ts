import type {
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeImagesRequest,
  DescribeImagesResult,
  DescribeInstanceTypeOfferingsRequest,
  DescribeInstanceTypeOfferingsResult,
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
  Image,
  InstanceTypeInfo,
} from "@aws-sdk/client-ec2";
import { ApiError } from "../api-error.ts";
import { INSTANCE_TYPES, imagesOf, offers, REGIONS } from "../catalogue.ts";
import type { CallContext } from "../context.ts";
import { page, passes } from "../filter.ts";

export function DescribeRegions(ctx: CallContext, input: DescribeRegionsRequest): DescribeRegionsResult {
  const regions = REGIONS.map((region) => ({
    RegionName: region.name,
    Endpoint: `ec2.${region.name}.amazonaws.com`,
    OptInStatus: !region.optIn
      ? "opt-in-not-required"
      : ctx.world.behaviour.optedIn.has(region.name)
        ? "opted-in"
        : "not-opted-in",
  }));
  return { Regions: regions.filter((region) => input.AllRegions || region.OptInStatus !== "not-opted-in") };
}

export function DescribeAvailabilityZones(
  ctx: CallContext,
  _input: DescribeAvailabilityZonesRequest,
): DescribeAvailabilityZonesResult {
  const AvailabilityZones = ctx.region.info.zones.map((ZoneName) => ({
    ZoneName,
    State: "available" as const,
    RegionName: ctx.region.info.name,
    ZoneType: "availability-zone",
  }));
  return { AvailabilityZones };
}

const supported = (ctx: CallContext, zone: string, type: string) =>
  !ctx.world.behaviour.unsupported.has(`${zone}/${type}`);

/** Types that at least one zone of the region has. */
function typesOf(ctx: CallContext): InstanceTypeInfo[] {
  const { name, zones } = ctx.region.info;
  return INSTANCE_TYPES.filter(
    (type) => offers(name, type.InstanceType!) && zones.some((zone) => supported(ctx, zone, type.InstanceType!)),
  );
}

export function DescribeInstanceTypes(
  ctx: CallContext,
  input: DescribeInstanceTypesRequest,
): DescribeInstanceTypesResult {
  const wanted = input.InstanceTypes;
  const all = typesOf(ctx);
  const unknown = wanted?.filter((name) => !all.some((type) => type.InstanceType === name)) ?? [];
  if (unknown.length > 0) {
    throw new ApiError(
      "InvalidInstanceType",
      `The following supplied instance types do not exist: [${unknown.join(", ")}]`,
    );
  }
  const chosen = all.filter(
    (type) =>
      (!wanted || wanted.includes(type.InstanceType!)) &&
      passes(type, input.Filters, {
        "processor-info.supported-architecture": (one) => one.ProcessorInfo?.SupportedArchitectures ?? [],
        "supported-usage-class": (one) => one.SupportedUsageClasses ?? [],
        "supported-virtualization-type": (one) => one.SupportedVirtualizationTypes ?? [],
      }),
  );
  const { items, NextToken } = page(chosen, input, ctx.world.behaviour.pageLimit);
  return { InstanceTypes: items, NextToken };
}

export function DescribeInstanceTypeOfferings(
  ctx: CallContext,
  input: DescribeInstanceTypeOfferingsRequest,
): DescribeInstanceTypeOfferingsResult {
  const byZone = input.LocationType === "availability-zone";
  const places = byZone ? ctx.region.info.zones : [ctx.region.info.name];
  const all = typesOf(ctx).flatMap((type) =>
    places
      .filter((place) => !byZone || supported(ctx, place, type.InstanceType!))
      .map((Location) => ({
        InstanceType: type.InstanceType!,
        LocationType: input.LocationType ?? ("region" as const),
        Location,
      })),
  );
  const chosen = all.filter((one) =>
    passes(one, input.Filters, { "instance-type": (o) => [o.InstanceType], location: (o) => [o.Location] }),
  );
  const { items, NextToken } = page(chosen, input, ctx.world.behaviour.pageLimit);
  return { InstanceTypeOfferings: items, NextToken };
}

export function DescribeImages(ctx: CallContext, input: DescribeImagesRequest): DescribeImagesResult {
  const all = imagesOf(ctx.region.info.name);
  const missing = input.ImageIds?.filter((id) => !all.some((image) => image.ImageId === id)) ?? [];
  if (missing.length > 0) {
    throw new ApiError("InvalidAMIID.NotFound", `The image id '[${missing.join(", ")}]' does not exist`);
  }
  const Images = all.filter(
    (image: Image) =>
      (!input.ImageIds || input.ImageIds.includes(image.ImageId!)) &&
      (!input.Owners || input.Owners.includes(image.OwnerId!)) &&
      passes(image, input.Filters, {
        name: (one) => [one.Name],
        architecture: (one) => [one.Architecture],
        state: (one) => [one.State],
        "root-device-type": (one) => [one.RootDeviceType],
        "virtualization-type": (one) => [one.VirtualizationType],
      }),
  );
  return { Images };
}
