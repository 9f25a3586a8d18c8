import type { EnvironmentView, NodeView } from "#lib/domain/environments/view.ts";
import type { Schedule } from "#lib/model/schedule.ts";

/** Moments are ISO dates. */
export type LiveNode = Omit<NodeView, "id" | "stateSince"> & { stateSince: string };

/** The part of an environment that changes while one looks at it; moments are ISO dates. */
export type LiveEnvironment = Pick<EnvironmentView, "state" | "wish" | "lastError" | "progress" | "protected"> & {
  schedule: Schedule | null;
  scheduleDueAt: string | null;
  expiresAt: string | null;
  nodes: LiveNode[];
};

/** The live part of an environment, with nothing that does not cross to the browser. */
export function livePart(environment: EnvironmentView): LiveEnvironment {
  const { state, wish, lastError, progress, schedule, scheduleDueAt, expiresAt, nodes } = environment;
  return {
    ...{ state, wish, lastError, progress, schedule },
    protected: environment.protected,
    scheduleDueAt: scheduleDueAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    nodes: nodes.map(({ id: _, stateSince, ...node }) => ({ ...node, stateSince: stateSince.toISOString() })),
  };
}

type ApiNode = Omit<LiveNode, "serverId" | "publicIp" | "privateIp" | "stateSince"> & {
  server_id: string | null;
  public_ip: string | null;
  private_ip: string | null;
  state_since: string;
};
type ApiEnvironment = Pick<LiveEnvironment, "state" | "wish" | "progress" | "protected"> & {
  last_error: string | null;
  schedule: (Omit<Schedule, "timeZone"> & { time_zone: string }) | null;
  schedule_due_at: string | null;
  expires_at: string | null;
  nodes: ApiNode[];
};

/** The live part of what `GET /environments/{id}` answers. */
export function liveFromApi(answer: unknown): LiveEnvironment {
  const { state, wish, last_error, progress, schedule, schedule_due_at, expires_at, nodes, ...rest } =
    answer as ApiEnvironment;
  return {
    ...{ state, wish, progress },
    protected: rest.protected,
    lastError: last_error,
    schedule: schedule && scheduleFromApi(schedule),
    scheduleDueAt: schedule_due_at,
    expiresAt: expires_at,
    nodes: nodes.map(nodeFromApi),
  };
}

const scheduleFromApi = ({ time_zone, ...rest }: NonNullable<ApiEnvironment["schedule"]>): Schedule => ({
  ...rest,
  timeZone: time_zone,
});

const nodeFromApi = ({ server_id, public_ip, private_ip, state_since, ...node }: ApiNode): LiveNode => ({
  ...node,
  serverId: server_id,
  publicIp: public_ip,
  privateIp: private_ip,
  stateSince: state_since,
});
