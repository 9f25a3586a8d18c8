import { GetProductsCommand } from "@aws-sdk/client-pricing";
import { paged } from "../paged.ts";
import { type Prices, ProviderError } from "../provider.ts";
import { ask, type Ec2Session, remember } from "./client.ts";
import { assertRegion } from "./regions.ts";

const TTL_MS = 24 * 60 * 60_000;

type Product = {
  product?: { attributes?: { instanceType?: string } };
  terms?: {
    OnDemand?: Record<string, { priceDimensions?: Record<string, { unit?: string; pricePerUnit?: { USD?: string } }> }>;
  };
};

/** On-demand Linux prices of a region by size, in US dollars per hour; null where the key may not read the price list. */
export async function prices(session: Ec2Session, region: string, signal: AbortSignal): Promise<Prices | null> {
  await assertRegion(session, region, signal);
  return remember(session, `prices ${region}`, TTL_MS, () => load(session, region, signal)).catch((error: unknown) => {
    if (error instanceof ProviderError && error.code === "unauthorized") return null;
    throw error;
  });
}

async function load(session: Ec2Session, region: string, signal: AbortSignal): Promise<Prices> {
  const wanted = {
    regionCode: region,
    operatingSystem: "Linux",
    tenancy: "Shared",
    preInstalledSw: "NA",
    capacitystatus: "Used",
  };
  const Filters = Object.entries(wanted).map(([Field, Value]) => ({ Type: "TERM_MATCH" as const, Field, Value }));
  const products = await paged(async (NextToken) => {
    const command = new GetProductsCommand({ ServiceCode: "AmazonEC2", Filters, MaxResults: 100, NextToken });
    const answer = await ask(signal, (options) => session.pricing().send(command, options));
    return { items: answer.PriceList ?? [], next: answer.NextToken };
  });
  return { sizes: Object.fromEntries(products.flatMap((product) => priceOf(JSON.parse(String(product)) as Product))) };
}

/** The hourly rate of a product; nothing for one that is not sold by the hour. */
function priceOf({ product, terms }: Product): [string, number][] {
  const size = product?.attributes?.instanceType;
  const rates = Object.values(terms?.OnDemand ?? {}).flatMap((term) => Object.values(term.priceDimensions ?? {}));
  const hourly = rates.find(({ unit, pricePerUnit }) => unit === "Hrs" && Number(pricePerUnit?.USD) > 0);
  return size && hourly ? [[size, Number(hourly.pricePerUnit?.USD)]] : [];
}
