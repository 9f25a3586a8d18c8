import type { Context } from "#lib/context.ts";
import { ownerOf } from "#lib/db/installation.ts";
import { log } from "#lib/log.ts";
import type { EnvironmentState } from "#lib/model/states.ts";
import { type CloudStateName, cloudStateOf } from "#lib/model/transitions.ts";
import { listWithKnown } from "#lib/providers/known.ts";
import type { Endpoint, ProviderType, Server } from "#lib/providers/provider.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { providerRow } from "../providers/get.ts";
import type { ProviderRow } from "../providers/view.ts";
import { environmentRows } from "./get.ts";
import { type EnvironmentRow, endpointsOf, type NodeRow } from "./view.ts";

const timeoutMs = 10_000;

export type QueriedServer = {
  hostname: string;
  id: string | null;
  image: string | null;
  size: string;
  state: CloudStateName;
  publicIp: string | null;
  privateIp: string | null;
  endpoints: Record<string, Endpoint>;
};
export type Queried = {
  alias: string;
  type: ProviderType;
  state: EnvironmentState;
  servers: QueriedServer[];
  /** Every server that was launched is accounted for. */
  complete: boolean;
  /** How old the answer is, where the cloud did not give one within 10 s; null: it is the cloud's own. */
  staleSeconds: number | null;
};

/** What the cloud says of an environment's servers now; the last that was known of them where it does not answer. */
export async function queryEnvironment(ctx: Context, id: string): Promise<Queried> {
  const { environment, nodes } = await environmentRows(ctx, id);
  const provider = await providerRow(ctx, environment.providerId);
  const living = nodes.filter((node) => node.state !== "deleted");
  const listed = living.length === 0 ? [] : await listNow(ctx, provider, environment, living);
  const place = { alias: provider.alias, type: provider.type, state: environment.state };
  if (!listed) {
    const oldest = Math.min(...living.map((node) => (node.observedAt ?? node.createdAt).getTime()));
    const complete = living.every((node) => !node.attempt || node.observed !== null);
    return {
      ...place,
      servers: living.map(remembered),
      complete,
      staleSeconds: Math.round((Date.now() - oldest) / 1000),
    };
  }
  const found = living.map(
    (node) => [node, listed.find((server) => server.id === node.serverId || server.attempt === node.attempt)] as const,
  );
  const servers = found.map(([node, server]) => (server ? seen(node, server) : remembered(node)));
  const complete = found.every(([node, server]) => server || !node.serverId || node.state === "deleting");
  return { ...place, servers, complete, staleSeconds: null };
}

async function listNow(
  ctx: Context,
  provider: ProviderRow,
  { id: environmentId, region }: Pick<EnvironmentRow, "id" | "region">,
  living: NodeRow[],
): Promise<Server[] | null> {
  try {
    const owner = await ownerOf(ctx.db, provider.id);
    const known = async () => living.flatMap(({ serverId: id }) => (id ? [{ id, environmentId }] : []));
    return await listWithKnown(cloudOf(provider), region, owner, known, AbortSignal.timeout(timeoutMs));
  } catch (error) {
    log.warn({ provider: provider.id, err: error }, "the cloud did not answer a query");
    return null;
  }
}

function seen(node: NodeRow, server: Server): QueriedServer {
  const { id, image, publicIp, privateIp, state, size } = server;
  const endpoints = endpointsOf({ ...node, publicIp, endpoints: server.endpoints });
  return { hostname: node.hostname, id, image, size: size || node.size, state, publicIp, privateIp, endpoints };
}

function remembered(node: NodeRow): QueriedServer {
  const { hostname, serverId: id, image, size, publicIp, privateIp } = node;
  return {
    hostname,
    id,
    image,
    size,
    publicIp,
    privateIp,
    state: cloudStateOf(node.state, node.observed),
    endpoints: endpointsOf(node),
  };
}
