import type { Context } from "#lib/context.ts";
import { patiently, see } from "../ask.ts";
import { type ServiceSpec, stackLabel } from "../compose/stack.ts";

export type Versioned = { ID: string; Version: { Index: number } };
export type Service = Versioned & { Spec: ServiceSpec };
export type File = Versioned & { Spec: { Name: string; Labels?: Record<string, string> | null; Data?: string } };
export type Network = {
  Id: string;
  Name: string;
  Scope: string;
  Driver: string;
  Labels?: Record<string, string> | null;
};

/** All of a swarm that a deployment may meet. */
export type SwarmState = { services: Service[]; networks: Network[]; configs: File[]; secrets: File[] };

/** Reads it all; for what changes something afterwards, and so with patience. */
export const swarmState = (ctx: Context, environmentId: string): Promise<SwarmState> =>
  patiently(() => readState(ctx, environmentId));

async function readState(ctx: Context, environmentId: string): Promise<SwarmState> {
  const read = async <T>(path: string) => (await see<T[]>(ctx, environmentId, path)).value;
  // Asks every node, so that what follows goes to a manager that lives.
  const networks = await read<Network>("/networks");
  const [services, configs, secrets] = await Promise.all([
    read<Service>("/services"),
    read<File>("/configs"),
    read<File>("/secrets"),
  ]);
  return { services, networks, configs, secrets };
}

export const stackOfLabels = (labels: Record<string, string> | null | undefined): string | null =>
  labels?.[stackLabel] ?? null;

/** The same, of one stack alone. */
export function partOf({ services, networks, configs, secrets }: SwarmState, stack: string): SwarmState {
  const mine = ({ Spec }: Service | File) => stackOfLabels(Spec.Labels) === stack;
  return {
    services: services.filter(mine),
    networks: networks.filter(({ Labels }) => stackOfLabels(Labels) === stack),
    configs: configs.filter(mine),
    secrets: secrets.filter(mine),
  };
}
