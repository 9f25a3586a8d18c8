import { GetProductsCommand } from "@aws-sdk/client-pricing";
import { paged } from "../paged.ts";
import { type Prices, ProviderError } from "../provider.ts";
import { ask, type Ec2Session, remember } from "./client.ts";
import { assertRegion } from "./regions.ts";

const TTL_MS = 24 * 60 * 60_000;

const ON_DEMAND_LINUX = {
  operatingSystem: "Linux",
  tenancy: "Shared",
  preInstalledSw: "NA",
  capacitystatus: "Used",
};

type Product = {
  product?: { attributes?: { instanceType?: string } };
  terms?: {
    OnDemand?: Record<string, { priceDimensions?: Record<string, { unit?: string; pricePerUnit?: { USD?: string } }> }>;
  };
};

/** On-demand Linux prices of a region by size, and that of a server's own disk; null where the key may not read the price list. */
export async function prices(session: Ec2Session, region: string, signal: AbortSignal): Promise<Prices | null> {
  await assertRegion(session, region, signal);
  return remember(session, `prices ${region}`, TTL_MS, () => load(session, region, signal)).catch((error: unknown) => {
    if (error instanceof ProviderError && error.code === "unauthorized") return null;
    throw error;
  });
}

async function load(session: Ec2Session, region: string, signal: AbortSignal): Promise<Prices> {
  const [servers, disks] = await Promise.all([
    products(session, { regionCode: region, ...ON_DEMAND_LINUX }, signal),
    products(session, { regionCode: region, productFamily: "Storage", volumeApiName: "gp3" }, signal),
  ]);
  const sizes = servers.flatMap(({ product, terms }): [string, number][] => {
    const size = product?.attributes?.instanceType;
    const hourly = rateIn(terms, "Hrs");
    return size && hourly ? [[size, hourly]] : [];
  });
  const diskGibMonth = disks.map(({ terms }) => rateIn(terms, "GB-Mo")).find((rate) => rate !== undefined);
  return { sizes: Object.fromEntries(sizes), ...(diskGibMonth === undefined ? {} : { diskGibMonth }) };
}

async function products(session: Ec2Session, wanted: Record<string, string>, signal: AbortSignal): Promise<Product[]> {
  const Filters = Object.entries(wanted).map(([Field, Value]) => ({ Type: "TERM_MATCH" as const, Field, Value }));
  const found = await paged(async (NextToken) => {
    const command = new GetProductsCommand({ ServiceCode: "AmazonEC2", Filters, MaxResults: 100, NextToken });
    const answer = await ask(signal, (options) => session.pricing().send(command, options));
    return { items: answer.PriceList ?? [], next: answer.NextToken };
  });
  return found.map((product) => JSON.parse(String(product)) as Product);
}

/** The on-demand rate by this unit, in US dollars; undefined for a product that is not sold by it. */
function rateIn(terms: Product["terms"], wanted: string): number | undefined {
  const rates = Object.values(terms?.OnDemand ?? {}).flatMap((term) => Object.values(term.priceDimensions ?? {}));
  const rate = rates.find(({ unit, pricePerUnit }) => unit === wanted && Number(pricePerUnit?.USD) > 0);
  return rate && Number(rate.pricePerUnit?.USD);
}
