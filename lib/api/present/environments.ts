import type { EnvironmentCosts } from "#lib/domain/environments/costs.ts";
import type { NodeCredential } from "#lib/domain/environments/credentials.ts";
import { type FullPlan, isEnough } from "#lib/domain/environments/full-plan.ts";
import type { ChangePlan } from "#lib/domain/environments/plan-change.ts";
import type { EnvironmentView, NodeView } from "#lib/domain/environments/view.ts";
import type { Schedule } from "#lib/model/schedule.ts";

/** An environment in the API's words. */
export const presentEnvironment = (environment: EnvironmentView) => ({
  id: environment.id,
  name: environment.name,
  application_id: environment.applicationId,
  provider_id: environment.providerId,
  simulated: environment.simulated,
  region: environment.region,
  image: environment.image,
  network: environment.network,
  subnet: environment.subnet,
  disk_gib: environment.diskGib,
  state: environment.state,
  wish: environment.wish,
  heal: environment.heal,
  protected: environment.protected,
  schedule: environment.schedule && presentSchedule(environment.schedule),
  schedule_due_at: environment.scheduleDueAt,
  expires_at: environment.expiresAt,
  last_error: environment.lastError,
  progress: environment.progress,
  created_at: environment.createdAt,
  changed_at: environment.changedAt,
  nodes: environment.nodes.map(presentNode),
});

const presentSchedule = ({ timeZone, ...rest }: Schedule) => ({ ...rest, time_zone: timeZone });

/** An environment with what it costs. */
export const presentPriced = (environment: EnvironmentView, { running, stopped }: EnvironmentCosts) => ({
  ...presentEnvironment(environment),
  ...(running ? { price_per_hour: running.perHour, price_per_month: running.perMonth } : {}),
  ...(stopped ? { stopped_price_per_month: stopped.perMonth } : {}),
});

const presentNode = (node: NodeView) => ({
  name: node.name,
  hostname: node.hostname,
  size: node.size,
  packages: node.packages,
  expose: node.expose,
  state: node.state,
  error: node.error,
  progress: node.progress,
  server_id: node.serverId,
  image: node.image,
  public_ip: node.publicIp,
  private_ip: node.privateIp,
  zone: node.zone,
  state_since: node.stateSince,
  endpoints: node.endpoints,
  ssh: node.ssh,
  drift: node.drift,
});

const price = (pricePerHour: number | undefined) =>
  pricePerHour === undefined ? {} : { price_per_hour: pricePerHour };

export const presentPlan = ({ nodes, resources, cost, quotas, warnings, choices }: FullPlan) => ({
  success: true,
  nodes: nodes.map(({ name, size, packages, pricePerHour }) => ({ name, size, packages, ...price(pricePerHour) })),
  resources: resources.map(({ kind, title, count, cost }) => ({ kind, title, count, ...price(cost?.perHour) })),
  ...(cost ? { price_per_hour: cost.perHour, price_per_month: cost.perMonth } : {}),
  quotas: quotas.map((quota) => ({ ...quota, enough: isEnough(quota) })),
  warnings,
  image: choices.image ?? null,
  network: choices.network ?? null,
  subnet: choices.subnet ?? null,
  disk_gib: choices.diskGib ?? null,
});

export const presentChangePlan = ({ added, before, after, ...rest }: ChangePlan) => ({
  ...rest,
  added: added.map(({ name, size, packages }) => ({ name, size, packages })),
  ...(before ? { price_per_hour_before: before.perHour, price_per_month_before: before.perMonth } : {}),
  ...(after ? { price_per_hour: after.perHour, price_per_month: after.perMonth } : {}),
});

export const presentCredential = (credential: NodeCredential) => ({
  package: credential.package,
  username: credential.username,
  password: credential.password,
  database: credential.database,
  host: credential.host,
  port: credential.port,
  connection_string: credential.connectionString,
  internal_connection_string: credential.internalConnectionString,
});
