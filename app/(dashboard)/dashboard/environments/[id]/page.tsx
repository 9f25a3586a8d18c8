import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { pageContext } from "#app/(dashboard)/context.ts";
import { ownOrigin } from "#app/(dashboard)/origin.ts";
import { ConnectDocker } from "#components/environments/connect-docker.tsx";
import { Facts } from "#components/environments/facts.tsx";
import { EnvironmentLive } from "#components/environments/live/environment-live.tsx";
import type { FeedEvent } from "#components/environments/live/feed.ts";
import { livePart } from "#components/environments/live/live-environment.ts";
import { ProviderIcon } from "#components/providers/provider-type.tsx";
import { SimulatedBadge } from "#components/providers/simulated-badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { environmentCosts } from "#lib/domain/environments/costs.ts";
import { type EnvironmentEvent, listEvents } from "#lib/domain/environments/events.ts";
import { getEnvironment } from "#lib/domain/environments/get.ts";
import type { EnvironmentView } from "#lib/domain/environments/view.ts";
import { listPackages } from "#lib/domain/packages/list.ts";
import { getProvider } from "#lib/domain/providers/get.ts";
import { AppError } from "#lib/errors.ts";
import { isCluster } from "#lib/model/cluster.ts";
import { label } from "#lib/model/names.ts";
import { includesRole } from "#lib/model/roles.ts";
import { readCredentials, remove, retry, start, stop } from "./actions.ts";

/** Past events that the page shows at most; the rest of a long history is in the API. */
const replayed = 2000;
/** Entries of the timeline that come with the page. */
const shown = 60;

type Props = { params: Promise<{ id: string }> };

const read = cache(async (id: string) => {
  const ctx = await pageContext(`/dashboard/environments/${id}`);
  const environment = await getEnvironment(ctx, id).catch((error) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return { ctx, environment };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { environment } = await read((await params).id);
  return { title: environment.name };
}

export default async function EnvironmentPage({ params }: Props) {
  const { id } = await params;
  const { ctx, environment } = await read(id);
  const [events, costs, provider] = await Promise.all([
    listEvents(ctx, id, { limit: replayed }),
    environmentCosts(ctx, environment),
    getProvider(ctx, environment.providerId),
  ]);
  const acts = {
    stop: stop.bind(null, id),
    start: start.bind(null, id),
    remove: remove.bind(null, id),
    retry: retry.bind(null, id),
    credentials: readCredentials.bind(null, id),
  };
  return (
    <EnvironmentLive
      id={id}
      name={environment.name}
      place={<Place environment={environment} />}
      facts={
        <>
          <Facts environment={environment} costs={costs} trouble={provider.trouble} />
          {isCluster(environment.nodes) && environment.wish !== "delete" && (
            <ConnectDocker
              id={id}
              name={label(environment.name)}
              origin={await ownOrigin()}
              nodes={includesRole(ctx.role, "operator") ? environment.nodes.map((node) => node.name) : []}
            />
          )}
        </>
      }
      start={{ environment: livePart(environment), past: timelineOf(events), after: (events[0]?.id ?? 1) - 1 }}
      acts={includesRole(ctx.role, "operator") ? acts : undefined}
      secretive={listPackages()
        .filter((one) => one.hasCredentials)
        .map(({ name }) => name)}
    />
  );
}

const timelineOf = (events: EnvironmentEvent[]): FeedEvent[] =>
  events
    .filter(({ kind }) => kind !== "log")
    .slice(-shown)
    .map(({ id, kind, nodeName, message, at }) => ({ id, kind, nodeName, message, at: at.toISOString() }));

function Place({ environment }: { environment: EnvironmentView }) {
  const { applicationId, applicationName, providerId, providerName, providerType, region, createdAt, simulated } =
    environment;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Link href={`/dashboard?application=${applicationId}`} className="rounded-sm hover:underline">
        {applicationName}
      </Link>
      <span aria-hidden>·</span>
      <span className="inline-flex items-center gap-1.5">
        <ProviderIcon type={providerType} className="size-3.5" />
        <Link href={`/dashboard/providers/${providerId}`} className="rounded-sm hover:underline">
          {providerName}
        </Link>
      </span>
      {simulated && <SimulatedBadge />}
      <span aria-hidden>·</span>
      <span>{region}</span>
      <span aria-hidden>·</span>
      <span>
        made <RelativeTime at={createdAt.toISOString()} />
      </span>
    </span>
  );
}
