import type { Context } from "#lib/context.ts";
import { conflict } from "#lib/errors.ts";
import { isCluster } from "#lib/model/cluster.ts";
import type { ChangeWish, NodeWish } from "#lib/model/wishes.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { providerRow } from "../providers/get.ts";
import { keptPrices } from "../providers/metadata.ts";
import { choicesOf } from "./choices.ts";
import { type Cost, environmentCost } from "./cost.ts";
import { environmentRows } from "./get.ts";
import { planEnvironment } from "./plan.ts";
import { refuseMove } from "./update.ts";
import type { EnvironmentRow, NodeRow } from "./view.ts";

/** What a changed wish comes to, node by node, and what the whole costs before and after. */
export type ChangePlan = {
  added: NodeWish[];
  /** With all that is on their disks. */
  removed: string[];
  /** By new, empty servers, under the same names. */
  replaced: { name: string; from: string; to: string }[];
  changed: { name: string; installed: string[]; uninstalled: string[]; ports: boolean }[];
  before: Cost;
  after: Cost;
  warnings: string[];
};

/** Holds a changed wish against what is there and what the provider has; changes nothing. */
export async function planChange(ctx: Context, id: string, change: ChangeWish): Promise<ChangePlan> {
  const { environment, nodes } = await environmentRows(ctx, id);
  if (environment.wish === "delete") throw conflict(`${environment.name} is being deleted: that is final.`);
  refuseMove(environment, change);
  const { providerId, region, heal } = environment;
  const name = change.name ?? environment.name;
  const whole = { providerId, region, name, heal, choices: choicesOf(environment), nodes: change.nodes };
  const { nodes: wished } = await planEnvironment(ctx, whole);
  const staying = nodes.filter((node) => node.removal !== "prune");
  const steps = stepsOf(staying, wished);
  return {
    ...steps,
    ...(await costs(ctx, environment, staying, wished)),
    warnings: warningsOf(staying, wished, steps),
  };
}

type Steps = Pick<ChangePlan, "added" | "removed" | "replaced" | "changed">;

/** Pure. */
function stepsOf(before: NodeRow[], wished: NodeWish[]): Steps {
  const pairs = wished.map((wish) => ({ wish, node: before.find(({ name }) => name === wish.name) }));
  const kept = pairs.flatMap(({ wish, node }) => (node ? [{ wish, node }] : []));
  return {
    added: pairs.filter(({ node }) => !node).map(({ wish }) => wish),
    removed: before.filter((node) => !wished.some(({ name }) => name === node.name)).map(({ name }) => name),
    replaced: kept
      .filter(({ wish, node }) => wish.size !== node.size)
      .map(({ wish, node }) => ({ name: node.name, from: node.size, to: wish.size })),
    changed: kept.map(({ wish, node }) => difference(node, wish)).filter(isChange),
  };
}

const difference = (node: NodeRow, wish: NodeWish): ChangePlan["changed"][number] => ({
  name: node.name,
  installed: wish.packages.filter((name) => !node.packages.includes(name)),
  uninstalled: node.packages.filter((name) => !wish.packages.includes(name)),
  ports: portsOf(node) !== portsOf(wish),
});
const isChange = ({ installed, uninstalled, ports }: ChangePlan["changed"][number]) =>
  installed.length + uninstalled.length > 0 || ports;
const portsOf = ({ expose }: Pick<NodeWish, "expose">) => expose.map(({ port, cidr }) => `${port} ${cidr}`).join();

async function costs(ctx: Context, environment: EnvironmentRow, before: NodeRow[], wished: NodeWish[]) {
  const row = await providerRow(ctx, environment.providerId);
  const { sizes, prices } = await keptPrices(ctx, row, environment.region);
  const { traits } = cloudOf(row);
  const of = (nodes: { size: string }[]) => {
    const servers = nodes.map(({ size }) => sizes.get(size));
    return environmentCost(servers, environment.diskGib ?? undefined, traits, prices).running;
  };
  return { before: of(before), after: of(wished) };
}

function warningsOf(before: NodeRow[], wished: NodeWish[], { removed, replaced }: Steps): string[] {
  const lost = [...removed, ...replaced.map(({ name }) => name)];
  const cluster = [isCluster(before), isCluster(wished)];
  return [
    ...(lost.length > 0 ? [`All that is on the disk of ${lost.join(", ")} is lost.`] : []),
    ...(cluster[0] && !cluster[1] ? ["It is no Docker cluster any more: not every node has Docker."] : []),
    ...(!cluster[0] && cluster[1] ? ["It becomes a Docker cluster: every node has Docker."] : []),
  ];
}
