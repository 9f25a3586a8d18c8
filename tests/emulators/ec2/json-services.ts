import type { GetProductsRequest } from "@aws-sdk/client-pricing";
import type { GetServiceQuotaRequest } from "@aws-sdk/client-service-quotas";
import type { GetParameterRequest } from "@aws-sdk/client-ssm";
import { ApiError } from "./api-error.ts";
import { INSTANCE_TYPES, imageParameter, offers, priceOf, REGIONS } from "./catalogue.ts";
import { checkJson } from "./check-json.ts";
import { operationOf, type Service } from "./model.ts";
import type { World } from "./world.ts";

type Input = GetParameterRequest & GetProductsRequest & GetServiceQuotaRequest;
type Handler = (world: World, input: Input, region: string) => unknown;

/** By the target that a request names. */
const TARGETS: Record<string, [service: Service, handler: Handler]> = {
  "AmazonSSM.GetParameter": ["ssm", getParameter],
  "AWSPriceListService.GetProducts": ["pricing", getProducts],
  "ServiceQuotasV20190624.GetServiceQuota": ["quotas", getQuota],
  "ServiceQuotasV20190624.GetAWSDefaultServiceQuota": ["quotas", (_, input) => quota(input.QuotaCode, DEFAULT_VCPUS)],
};

/**
 * The services that speak JSON 1.1: Systems Manager's public parameters, the price list and the quotas. What goes in
 * and what comes out is held against the SDK's model of the service.
 */
export function callJsonService(world: World, target: string, region: string, input: unknown): unknown {
  const [service, handler] = TARGETS[target] ?? [];
  const operation = service && operationOf(service, target.split(".")[1]!);
  if (!operation || !handler) throw new ApiError("UnknownOperationException", `${target} is not emulated`);
  const output = handler(world, checkJson(operation.input, input, target) as Input, region);
  return checkJson(operation.output, output, target);
}

function getParameter(world: World, input: GetParameterRequest, region: string) {
  if (world.behaviour.denied.has("ssm:GetParameter")) {
    throw new ApiError("AccessDeniedException", "User is not authorized to perform: ssm:GetParameter");
  }
  const Value = imageParameter(region, input.Name ?? "");
  if (!Value) throw new ApiError("ParameterNotFound", "");
  return { Parameter: { Name: input.Name, Type: "String", Value, Version: 7, DataType: "aws:ec2:image" } };
}

const STANDARD_VCPUS = "L-1216C47A";

const DEFAULT_VCPUS = 64;

/** Only the standard sizes' quota is one of the account's own; for the others there is AWS's default. */
function getQuota(world: World, { QuotaCode }: GetServiceQuotaRequest) {
  if (world.behaviour.denied.has("servicequotas:GetServiceQuota")) {
    throw new ApiError("AccessDeniedException", "User is not authorized to perform: servicequotas:GetServiceQuota");
  }
  if (QuotaCode !== STANDARD_VCPUS) throw new ApiError("NoSuchResourceException", `No quota ${QuotaCode} was applied.`);
  return quota(QuotaCode, world.behaviour.vcpuQuota);
}

const quota = (QuotaCode: string | undefined, Value: number) => ({
  Quota: { ServiceCode: "ec2", QuotaCode, Value, Unit: "None", Adjustable: true, GlobalQuota: false },
});

function getProducts(world: World, input: GetProductsRequest) {
  if (world.behaviour.denied.has("pricing:GetProducts")) {
    throw new ApiError("AccessDeniedException", "User is not authorized to perform: pricing:GetProducts");
  }
  const wanted = Object.fromEntries((input.Filters ?? []).map((filter) => [filter.Field, filter.Value]));
  const regions = REGIONS.filter(({ name }) => !wanted.regionCode || wanted.regionCode === name);
  const disks = regions.map(({ name }) => diskProduct(name));
  const servers = regions.flatMap(({ name }) =>
    INSTANCE_TYPES.filter(({ InstanceType }) => offers(name, InstanceType!)).map(({ InstanceType }) =>
      product(name, InstanceType!),
    ),
  );
  const all = wanted.productFamily === "Storage" ? disks : servers;
  const start = Number(input.NextToken ?? 0);
  const end = start + Math.min(input.MaxResults ?? 100, world.behaviour.pageLimit, 100);
  return {
    FormatVersion: "aws_v1",
    PriceList: all.slice(start, end),
    ...(end < all.length ? { NextToken: String(end) } : {}),
  };
}

function product(region: string, type: string): string {
  const attributes = { instanceType: type, regionCode: region, operatingSystem: "Linux", tenancy: "Shared" };
  return listed(`${region}.${type}`, "Compute Instance", attributes, "Hrs", priceOf(region, type));
}

/** Invented, as the sizes' prices are. */
const diskProduct = (region: string) =>
  listed(`${region}.gp3`, "Storage", { regionCode: region, volumeApiName: "gp3" }, "GB-Mo", 0.08);

function listed(sku: string, productFamily: string, attributes: object, unit: string, dollars: number): string {
  const price = { unit, pricePerUnit: { USD: dollars.toFixed(10) } };
  return JSON.stringify({
    product: { productFamily, sku, attributes },
    serviceCode: "AmazonEC2",
    terms: { OnDemand: { [`${sku}.JRTCKXETXF`]: { priceDimensions: { [`${sku}.JRTCKXETXF.6YS6EN2CT7`]: price } } } },
  });
}
