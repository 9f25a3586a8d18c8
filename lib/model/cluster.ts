/** Where Docker answers on every node of a cluster, by TLS. */
export const dockerPort = 4000;

type Member = { packages: readonly string[]; removal?: string | null };

/** Whether these nodes are a Docker cluster: all of them that are to stay have Docker. */
export function isCluster(nodes: readonly Member[]): boolean {
  const staying = nodes.filter(({ removal }) => removal !== "prune");
  return staying.length > 0 && staying.every(({ packages }) => packages.includes("docker"));
}

/** How many of `nodes` manage the swarm: an odd number, so that a majority outlives the loss of a minority. */
export function managersFor(nodes: number): number {
  if (nodes < 3) return 1;
  if (nodes < 7) return 3;
  return nodes < 20 ? 5 : 7;
}

/** The name that a node's certificate carries wherever its server is. */
export const stableName = (nodeId: string, environmentId: string) => `${nodeId}.${environmentId}.cloudhero`;
