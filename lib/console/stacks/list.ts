import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import { swarmInfo } from "../info.ts";
import { listServices, type ServiceRow } from "../services.ts";
import { partOf, swarmState } from "./state.ts";

export type StackRow = { name: string; services: number; running: number; desired: number; updatedAt: string };

/** The stacks of a swarm, whoever deployed them. */
export async function listStacks(
  ctx: Context,
  environmentId: string,
): Promise<{ rows: StackRow[]; missing: string[] }> {
  const { rows, missing } = await listServices(ctx, environmentId);
  const byStack = Map.groupBy(rows, ({ stack }) => stack);
  byStack.delete(null);
  const stacks = [...byStack].map(([name, services]) => rowOf(name!, services));
  return { rows: stacks.toSorted((one, other) => one.name.localeCompare(other.name)), missing };
}

const rowOf = (name: string, services: ServiceRow[]): StackRow => ({
  name,
  services: services.length,
  running: services.reduce((sum, { running }) => sum + running, 0),
  desired: services.reduce((sum, { desired }) => sum + desired, 0),
  updatedAt: services
    .map(({ updatedAt }) => updatedAt)
    .toSorted()
    .at(-1)!,
});

export type StackDetail = {
  services: ServiceRow[];
  networks: { id: string; name: string }[];
  configs: string[];
  secrets: string[];
  missing: string[];
};

/** One stack and all that belongs to it. Volumes are the nodes' and not listed. */
export async function getStack(ctx: Context, environmentId: string, name: string): Promise<StackDetail> {
  await swarmInfo(ctx, environmentId);
  const [{ rows, missing }, state] = await Promise.all([
    listServices(ctx, environmentId),
    swarmState(ctx, environmentId),
  ]);
  const mine = partOf(state, name);
  if (mine.services.length + mine.networks.length + mine.configs.length + mine.secrets.length === 0)
    throw notFound(`The stack ${name}`);
  return {
    services: rows.filter(({ stack }) => stack === name),
    networks: mine.networks.map(({ Id, Name }) => ({ id: Id, name: Name })),
    configs: mine.configs.map(({ Spec }) => Spec.Name).toSorted(),
    secrets: mine.secrets.map(({ Spec }) => Spec.Name).toSorted(),
    missing,
  };
}
