import type { GetProductsRequest } from "@aws-sdk/client-pricing";
import type { GetParameterRequest } from "@aws-sdk/client-ssm";
import { ApiError } from "./api-error.ts";
import { INSTANCE_TYPES, imageParameter, offers, priceOf, REGIONS } from "./catalogue.ts";
import type { World } from "./world.ts";

/** The two services that speak JSON 1.1: Systems Manager's public parameters and the price list. */
export function callJsonService(world: World, target: string, region: string, input: unknown): Record<string, unknown> {
  if (target === "AmazonSSM.GetParameter") return getParameter(world, region, input as GetParameterRequest);
  if (target === "AWSPriceListService.GetProducts") return getProducts(world, input as GetProductsRequest);
  throw new ApiError("UnknownOperationException", `${target} is not emulated`);
}

function getParameter(world: World, region: string, input: GetParameterRequest) {
  if (world.behaviour.denied.has("ssm:GetParameter")) {
    throw new ApiError("AccessDeniedException", "User is not authorized to perform: ssm:GetParameter");
  }
  const Value = imageParameter(region, input.Name ?? "");
  if (!Value) throw new ApiError("ParameterNotFound", "");
  return { Parameter: { Name: input.Name, Type: "String", Value, Version: 7, DataType: "aws:ec2:image" } };
}

function getProducts(world: World, input: GetProductsRequest) {
  if (world.behaviour.denied.has("pricing:GetProducts")) {
    throw new ApiError("AccessDeniedException", "User is not authorized to perform: pricing:GetProducts");
  }
  const wanted = Object.fromEntries((input.Filters ?? []).map((filter) => [filter.Field, filter.Value]));
  const regions = REGIONS.filter(({ name }) => !wanted.regionCode || wanted.regionCode === name);
  const all = regions.flatMap(({ name }) =>
    INSTANCE_TYPES.filter(({ InstanceType }) => offers(name, InstanceType!)).map(({ InstanceType }) =>
      product(name, InstanceType!),
    ),
  );
  const start = Number(input.NextToken ?? 0);
  const end = start + Math.min(input.MaxResults ?? 100, world.behaviour.pageLimit, 100);
  return {
    FormatVersion: "aws_v1",
    PriceList: all.slice(start, end),
    ...(end < all.length ? { NextToken: String(end) } : {}),
  };
}

function product(region: string, type: string): string {
  const sku = `${region}.${type}`;
  const attributes = { instanceType: type, regionCode: region, operatingSystem: "Linux", tenancy: "Shared" };
  const price = { unit: "Hrs", pricePerUnit: { USD: priceOf(region, type).toFixed(10) } };
  return JSON.stringify({
    product: { productFamily: "Compute Instance", sku, attributes },
    serviceCode: "AmazonEC2",
    terms: { OnDemand: { [`${sku}.JRTCKXETXF`]: { priceDimensions: { [`${sku}.JRTCKXETXF.6YS6EN2CT7`]: price } } } },
  });
}
