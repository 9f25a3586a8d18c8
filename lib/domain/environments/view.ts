import type { environments, nodes } from "#drizzle/schema/index.ts";
import { findPackage, portsOf } from "#lib/bootstrap/catalogue.ts";
import type { PackageName } from "#lib/bootstrap/package.ts";
import { reach, sshLine } from "#lib/model/reach.ts";
import type { Endpoint, ProviderType } from "#lib/providers/provider.ts";

export type EnvironmentRow = typeof environments.$inferSelect;
export type NodeRow = typeof nodes.$inferSelect;

/** What is shown of a node's row; the rest is the engine's own. */
const nodeFields = [
  "id",
  "name",
  "hostname",
  "size",
  "packages",
  "expose",
  "state",
  "error",
  "drift",
  "removal",
  "progress",
  "serverId",
  "image",
  "publicIp",
  "privateIp",
  "zone",
  "stateSince",
] as const satisfies (keyof NodeRow)[];

/** What is shown of an environment's row. */
const environmentFields = [
  "id",
  "name",
  "applicationId",
  "providerId",
  "region",
  "image",
  "network",
  "subnet",
  "diskGib",
  "state",
  "wish",
  "heal",
  "protected",
  "schedule",
  "scheduleDueAt",
  "expiresAt",
  "lastError",
  "createdAt",
  "changedAt",
] as const satisfies (keyof EnvironmentRow)[];

export type NodeView = Pick<NodeRow, (typeof nodeFields)[number]> & {
  /** Where ssh, Docker's 4000, each package and each exposed port are really reached, by those names. */
  endpoints: Record<string, Endpoint>;
  ssh: string | null;
};

type Names = {
  applicationName: string;
  providerName: string;
  providerType: ProviderType;
  /** Its cloud is a practice cloud: nothing in it is real. */
  simulated: boolean;
};
export type EnvironmentView = Pick<EnvironmentRow, (typeof environmentFields)[number]> &
  Names & { progress: { ready: number; total: number }; nodes: NodeView[] };

export function viewNode(row: NodeRow): NodeView {
  const ssh = reach(row, 22);
  return { ...pick(row, nodeFields), endpoints: endpointsOf(row), ssh: ssh && sshLine(ssh) };
}

export function viewEnvironment(row: EnvironmentRow, names: Names, nodes: NodeRow[]): EnvironmentView {
  const progress = { ready: nodes.filter(({ state }) => state === "ready").length, total: nodes.length };
  return { ...pick(row, environmentFields), ...names, progress, nodes: nodes.map(viewNode) };
}

function pick<T extends object, K extends keyof T>(row: T, fields: readonly K[]): Pick<T, K> {
  return Object.fromEntries(fields.map((field) => [field, row[field]])) as Pick<T, K>;
}

/** The endpoints that matter to a person, by name: ssh, 4000, packages, exposed ports. */
export function endpointsOf(
  row: Pick<NodeRow, "packages" | "expose" | "publicIp" | "endpoints">,
): Record<string, Endpoint> {
  const wanted = new Map<string, number>([["ssh", 22]]);
  const names = row.packages as PackageName[];
  if (names.includes("docker")) wanted.set("4000", 4000);
  for (const [name, [port]] of Object.entries(portsOf(names))) if (port && findPackage(name)) wanted.set(name, port);
  for (const { port } of row.expose) wanted.set(String(port), port);
  const found = [...wanted].map(([name, port]) => [name, reach(row, port)] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, Endpoint] => entry[1] !== null));
}
