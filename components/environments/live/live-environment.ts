import type { EnvironmentView, NodeView } from "#lib/domain/environments/view.ts";

export type LiveNode = Omit<NodeView, "id">;

/** The part of an environment that changes while one looks at it. */
export type LiveEnvironment = Pick<EnvironmentView, "state" | "wish" | "lastError" | "progress"> & {
  nodes: LiveNode[];
};

/** The live part of an environment, with nothing that does not cross to the browser. */
export function livePart({ state, wish, lastError, progress, nodes }: EnvironmentView): LiveEnvironment {
  return { state, wish, lastError, progress, nodes: nodes.map(({ id: _, ...node }) => node) };
}

type ApiNode = Omit<LiveNode, "serverId" | "publicIp" | "privateIp"> & {
  server_id: string | null;
  public_ip: string | null;
  private_ip: string | null;
};
type ApiEnvironment = Omit<LiveEnvironment, "lastError" | "nodes"> & { last_error: string | null; nodes: ApiNode[] };

/** The live part of what `GET /environments/{id}` answers. */
export function liveFromApi(answer: unknown): LiveEnvironment {
  const { state, wish, last_error, progress, nodes } = answer as ApiEnvironment;
  const live = nodes.map(({ server_id, public_ip, private_ip, ...node }) => ({
    ...node,
    serverId: server_id,
    publicIp: public_ip,
    privateIp: private_ip,
  }));
  return { state, wish, lastError: last_error, progress, nodes: live };
}
