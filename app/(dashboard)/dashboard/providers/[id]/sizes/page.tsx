import type { Metadata } from "next";
import { RegionChips } from "#components/providers/region-chips.tsx";
import { SizeFilter } from "#components/providers/size-filter.tsx";
import { type SizeSearch, sizeRows } from "#components/providers/size-rows.ts";
import { SizeTable } from "#components/providers/size-table.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Context } from "#lib/context.ts";
import { type Described, providerMetadata } from "#lib/domain/providers/metadata.ts";
import { AppError } from "#lib/errors.ts";
import { readProvider } from "../read.ts";

export const metadata: Metadata = { title: "Regions and sizes" };

type Search = Partial<Record<"region" | "q" | "sort", string | string[]>>;
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Search> };

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : "");

export default async function SizesPage({ params, searchParams }: Props) {
  const { id } = await params;
  const [{ ctx }, given] = await Promise.all([readProvider(id), searchParams]);
  const everywhere = await orRefusal(providerMetadata(ctx, id));
  if (everywhere instanceof AppError) return <Refused message={everywhere.message} />;
  const search: SizeSearch = {
    region: regionIn(everywhere, one(given.region)),
    query: one(given.q),
    sort: one(given.sort),
  };
  const described = search.region ? await inRegion(ctx, id, search.region, everywhere) : everywhere;
  const rows = sizeRows(described, search);
  return (
    <div className="flex flex-col gap-8">
      <Section title="Regions">
        <RegionChips locations={everywhere.locations} search={search} />
      </Section>
      <Section title={search.region ? `Sizes in ${search.region}` : "Sizes"}>
        <SizeFilter search={search} />
        {!search.region && rows.every(({ pricePerHour }) => pricePerHour === undefined) && (
          <p className="text-ink-soft">Prices are a region’s own: choose one above to see them.</p>
        )}
        <SizeTable rows={rows} search={search} />
        <p className="text-ink-faint text-xs">{ageOf(everywhere.ageSeconds)}</p>
      </Section>
    </div>
  );
}

/** The one that is asked for, or the only one that there is. */
function regionIn({ locations }: Described, asked: string): string {
  if (Object.hasOwn(locations, asked)) return asked;
  const [only, other] = Object.keys(locations);
  return only && !other ? only : "";
}

const inRegion = async (ctx: Context, id: string, region: string, everywhere: Described): Promise<Described> => {
  const found = await orRefusal(providerMetadata(ctx, id, region));
  return found instanceof AppError ? everywhere : found;
};

const orRefusal = (asked: Promise<Described>): Promise<Described | AppError> =>
  asked.catch((error: unknown) => {
    if (error instanceof AppError && error.code !== "internal") return error;
    throw error;
  });

const ageOf = (seconds: number) =>
  seconds < 90 ? "As the cloud says now." : `As the cloud said ${Math.round(seconds / 60)} minutes ago.`;

const Refused = ({ message }: { message: string }) => (
  <Notice tone="bad">The provider’s regions and sizes cannot be read: {message}</Notice>
);
