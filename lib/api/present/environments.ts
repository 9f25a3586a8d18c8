import type { NodeCredential } from "#lib/domain/environments/credentials.ts";
import type { Plan } from "#lib/domain/environments/plan.ts";
import type { EnvironmentView, NodeView } from "#lib/domain/environments/view.ts";

/** An environment in the API's words. */
export const presentEnvironment = (environment: EnvironmentView) => ({
  id: environment.id,
  name: environment.name,
  application_id: environment.applicationId,
  provider_id: environment.providerId,
  region: environment.region,
  image: environment.image,
  network: environment.network,
  subnet: environment.subnet,
  disk_gib: environment.diskGib,
  state: environment.state,
  wish: environment.wish,
  heal: environment.heal,
  last_error: environment.lastError,
  progress: environment.progress,
  created_at: environment.createdAt,
  changed_at: environment.changedAt,
  nodes: environment.nodes.map(presentNode),
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
  endpoints: node.endpoints,
  ssh: node.ssh,
  drift: node.drift,
});

export const presentPlan = (plan: Plan) => ({
  success: true,
  nodes: plan.nodes.map(({ name, size, packages, pricePerHour }) => ({
    name,
    size,
    packages,
    ...(pricePerHour === undefined ? {} : { price_per_hour: pricePerHour }),
  })),
  ...(plan.pricePerHour === undefined ? {} : { price_per_hour: plan.pricePerHour }),
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
