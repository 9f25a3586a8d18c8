import { Disc3 } from "lucide-react";
import type { Metadata } from "next";
import { ImageTable } from "#components/docker/image-table.tsx";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { OneFieldForm } from "#components/docker/one-field-form.tsx";
import { Pager } from "#components/docker/pager.tsx";
import { PruneImages } from "#components/docker/prune-images.tsx";
import { SearchForm } from "#components/docker/search-form.tsx";
import { counted } from "#components/docker/sizes.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listImages } from "#lib/console/images.ts";
import { act, pull } from "../actions.ts";
import { readCluster } from "../read.ts";

export const metadata: Metadata = { title: "Images" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ q?: string; page?: string }> };

export default async function ImagesPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { q, page } = await searchParams;
  const path = `/dashboard/environments/${id}/docker/images`;
  const { environment, mayAct, found, problem } = await readCluster(id, "images", (ctx) =>
    listImages(ctx, id, q, Number(page) || 1),
  );
  return (
    <>
      <MissingNodes environment={environment} missing={found?.missing ?? []} problem={problem} />
      {found && found.total === 0 && (
        <EmptyState icon={<Disc3 aria-hidden />} title="No image yet">
          Nodes pull the images of the services that they run. Pull one yourself to have it there beforehand.
        </EmptyState>
      )}
      {found && found.total > 0 && (
        <>
          <SearchForm path={path} label="Search images by name or id" query={q} />
          <ImageTable rows={found.rows} act={mayAct ? act.bind(null, id) : undefined} />
          <Pager {...found} path={path} search={{ q }} summary={counted(found.found, "image")} />
        </>
      )}
      {found && mayAct && (
        <div className="mt-6 flex flex-wrap items-end justify-between gap-4">
          <div className="min-w-0 max-w-lg flex-1 basis-72">
            <OneFieldForm
              act={pull.bind(null, id)}
              name="image"
              label="Pull an image onto every node"
              placeholder="nginx:1.27"
              verb="Pull"
              done="It is on every node."
              hint="The organisation’s credentials for its registry are used."
            />
          </div>
          {found.unused.images > 0 && (
            <PruneImages {...found.unused} prune={act.bind(null, id, { do: "prune images" })} />
          )}
        </div>
      )}
    </>
  );
}
