import { SearchCheck } from "lucide-react";
import type { Metadata } from "next";
import { OrphanList, type OrphanRow } from "#components/providers/orphan-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { perMonth } from "#components/ui/money.ts";
import { Notice } from "#components/ui/notice.tsx";
import { listOrphans, type Orphan } from "#lib/domain/providers/orphans.ts";
import { AppError } from "#lib/errors.ts";
import { includesRole } from "#lib/model/roles.ts";
import { removeOrphansOf } from "../../actions.ts";
import { readProvider } from "../read.ts";

export const metadata: Metadata = { title: "Orphans" };

type Props = { params: Promise<{ id: string }> };

export default async function OrphansPage({ params }: Props) {
  const { id } = await params;
  const { ctx } = await readProvider(id);
  const found = await listOrphans(ctx, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code !== "internal") return error;
    throw error;
  });
  return (
    <>
      <p className="mb-4 max-w-2xl text-ink-soft">
        What CloudHero made in this cloud and no environment wants any more. Somebody pays for it.
      </p>
      {found instanceof AppError ? (
        <Notice tone="bad">The cloud could not be read: {found.message}</Notice>
      ) : (
        <div className="flex flex-col gap-4">
          {found.unread.length > 0 && (
            <Notice tone="warn">
              Not all regions answered: {found.unread.map(({ region, reason }) => `${region} (${reason})`).join("; ")}
            </Notice>
          )}
          {found.orphans.length === 0 ? (
            <EmptyState icon={<SearchCheck aria-hidden />} title="No orphans">
              Everything in this cloud that carries CloudHero’s mark belongs to an environment.
            </EmptyState>
          ) : (
            <>
              <p className="text-ink-soft">
                {found.orphans.length === 1 ? "One thing" : `${found.orphans.length} things`}, {costOf(found.orphans)}.
              </p>
              <OrphanList
                orphans={found.orphans.map(rowOf)}
                remove={includesRole(ctx.role, "admin") ? removeOrphansOf.bind(null, id) : undefined}
              />
            </>
          )}
        </div>
      )}
    </>
  );
}

const costOf = (orphans: Orphan[]): string =>
  perMonth(orphans.reduce((sum, { pricePerHour }) => sum + (pricePerHour ?? 0), 0));

const rowOf = ({ id, kind, name, region, size, state, gib, createdAt, pricePerHour }: Orphan): OrphanRow => ({
  id,
  kind,
  name,
  region,
  detail: [size, state, gib && `${gib} GiB`].filter(Boolean).join(", "),
  createdAt: createdAt?.toISOString() ?? null,
  pricePerHour: pricePerHour ?? null,
});
