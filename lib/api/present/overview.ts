import type { FoundEnvironment } from "#lib/domain/environments/find.ts";
import type { Overview, OverviewRow } from "#lib/domain/overview/overview.ts";

export const presentOverview = ({ environments, total, perMonth, partial, moving }: Overview) => ({
  environments: environments.map(presentRow),
  total,
  price_per_month: perMonth,
  partial,
  moving,
});

const presentRow = (row: OverviewRow) => ({
  id: row.id,
  name: row.name,
  application_name: row.applicationName,
  state: row.state,
  wish: row.wish,
  servers: { ready: row.ready, total: row.servers },
  provider_id: row.providerId,
  provider_name: row.providerName,
  provider_type: row.providerType,
  simulated: row.simulated,
  region: row.region,
  ...(row.perMonth === null ? {} : { price_per_month: row.perMonth }),
  created_at: row.createdAt,
  changed_at: row.changedAt,
});

export const presentFound = (found: FoundEnvironment) => ({
  id: found.id,
  name: found.name,
  application_name: found.applicationName,
  state: found.state,
  wish: found.wish,
  servers: found.servers,
  docker: found.hasDocker,
  first_node: found.firstNode,
});
