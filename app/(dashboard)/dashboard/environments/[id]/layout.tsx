import type { ReactNode } from "react";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { EnvironmentTabs } from "#components/environments/environment-tabs.tsx";
import { EnvironmentFrame } from "#components/environments/live/environment-frame.tsx";
import { type FeedEvent, shownEvents } from "#components/environments/live/feed.ts";
import { livePart } from "#components/environments/live/live-environment.ts";
import { Place } from "#components/environments/place.tsx";
import { type EnvironmentEvent, listEvents } from "#lib/domain/environments/events.ts";
import { isCluster } from "#lib/model/cluster.ts";
import { includesRole } from "#lib/model/roles.ts";
import { extend, readCredentials, remove, retry, start, stop } from "./actions.ts";
import { readEnvironment } from "./read.ts";

/** Past events that the page takes in at most; the rest of a long history is in the API. */
const replayed = 2000;

type Props = { params: Promise<{ id: string }>; children: ReactNode };

/** What all pages of an environment share: the header with state and actions, kept current, and the tabs. */
export default async function EnvironmentLayout({ params, children }: Props) {
  const { id } = await params;
  if (!(await visitorContext())) return children;
  const { ctx, environment } = await readEnvironment(id);
  const events = await listEvents(ctx, id, { limit: replayed });
  const mayAct = includesRole(ctx.role, "operator");
  const acts = {
    stop: stop.bind(null, id),
    start: start.bind(null, id),
    remove: remove.bind(null, id),
    extend: extend.bind(null, id),
    retry: retry.bind(null, id),
    credentials: readCredentials.bind(null, id),
  };
  return (
    <EnvironmentFrame
      id={id}
      name={environment.name}
      place={<Place environment={environment} />}
      start={{ environment: livePart(environment), past: timelineOf(events), after: (events[0]?.id ?? 1) - 1 }}
      acts={mayAct ? acts : undefined}
    >
      <EnvironmentTabs id={id} hasDocker={isCluster(environment.nodes)} mayAct={mayAct} />
      {children}
    </EnvironmentFrame>
  );
}

const timelineOf = (events: EnvironmentEvent[]): FeedEvent[] =>
  events
    .filter(({ kind }) => kind !== "log")
    .slice(-shownEvents)
    .map(({ id, kind, nodeName, message, at }) => ({ id, kind, nodeName, message, at: at.toISOString() }));
