import type { Context } from "#lib/context.ts";
import { stackOf } from "../compose/convert.ts";
import { imageLabel } from "../compose/convert-service.ts";
import type { FileWish, ServiceSpec, Stack } from "../compose/stack.ts";
import { differences, normal } from "./normal.ts";
import { type File, partOf, type Service, type SwarmState, stackOfLabels, swarmState } from "./state.ts";

export type StackWish = {
  name: string;
  /** A Compose file. */
  file: string;
  /** Values for the variables that it names. */
  variables: Record<string, string>;
  /** Services of the stack that the file has no more are removed. */
  prune: boolean;
};

export type Step = {
  kind: "network" | "config" | "secret" | "service";
  name: string;
  /** `refused`: it cannot be done, and nothing is while it is asked. `left`: not in the file, and not asked to go. */
  change: "create" | "update" | "keep" | "remove" | "left" | "refused";
  detail?: string;
};
export type StackPlan = { steps: Step[]; warnings: string[] };

/** What deploying a file would do, and does nothing. Throws invalid for a file that a swarm does not take. */
export async function planStack(ctx: Context, environmentId: string, wish: StackWish): Promise<StackPlan> {
  const stack = stackOf(wish.name, wish.file, wish.variables);
  return decide(stack, await swarmState(ctx, environmentId), wish.prune);
}

/** Pure: what stands between a stack's wish and a swarm. In the order in which it is done. */
export function decide(stack: Stack, state: SwarmState, prune: boolean): StackPlan {
  const named = new Set(stack.services.map(({ Name }) => Name));
  const gone = partOf(state, stack.name).services.filter(({ Spec }) => !named.has(Spec.Name));
  const steps = [
    ...absent(stack, state),
    ...stack.networks.map(({ Name }): Step => {
      const known = state.networks.some((network) => network.Name === Name);
      return { kind: "network", name: Name, change: known ? "keep" : "create" };
    }),
    ...stack.secrets.map((wish) => secretStep(wish, state.secrets)),
    ...stack.configs.map((wish) => configStep(wish, state.configs)),
    ...stack.services.map((spec) => serviceStep(spec, stack.name, state)),
    ...gone.map(({ Spec }): Step => ({ kind: "service", name: Spec.Name, change: prune ? "remove" : "left" })),
  ];
  return { steps, warnings: stack.warnings };
}

/** What the file counts on and is not there. */
function absent({ external }: Stack, { networks, configs, secrets }: SwarmState): Step[] {
  const of = (kind: Step["kind"], wanted: string[], there: string[]) =>
    wanted
      .filter((name) => !there.includes(name))
      .map((name): Step => ({ kind, name, change: "refused", detail: `is external, and not there: make it first` }));
  const nameOf = ({ Spec }: File) => Spec.Name;
  return [
    ...of("network", external.networks, [
      "host",
      "bridge",
      "none",
      ...networks.filter(({ Scope }) => Scope === "swarm").map(({ Name }) => Name),
    ]),
    ...of("config", external.configs, configs.map(nameOf)),
    ...of("secret", external.secrets, secrets.map(nameOf)),
  ];
}

/** A secret is never told: only the swarm can say whether its content is the same. */
function secretStep({ Name }: FileWish, there: File[]): Step {
  const known = there.some(({ Spec }) => Spec.Name === Name);
  return known
    ? { kind: "secret", name: Name, change: "keep", detail: "another content than it has is refused" }
    : { kind: "secret", name: Name, change: "create" };
}

function configStep({ Name, content }: FileWish, there: File[]): Step {
  const known = there.find(({ Spec }) => Spec.Name === Name);
  if (!known) return { kind: "config", name: Name, change: "create" };
  const same = known.Spec.Data === Buffer.from(content).toString("base64");
  if (same) return { kind: "config", name: Name, change: "keep" };
  const detail = "has another content, and a swarm's config cannot change: give it a new name (name: …) in the file";
  return { kind: "config", name: Name, change: "refused", detail };
}

function serviceStep(spec: ServiceSpec, stack: string, state: SwarmState): Step {
  const known = state.services.find(({ Spec }) => Spec.Name === spec.Name);
  if (!known)
    return { kind: "service", name: spec.Name, change: "create", detail: spec.TaskTemplate.ContainerSpec.Image };
  if (stackOfLabels(known.Spec.Labels) !== stack)
    return {
      kind: "service",
      name: spec.Name,
      change: "refused",
      detail: "is there already, and belongs to no stack of this name",
    };
  const changes = changesOf(spec, known, state);
  return changes.length === 0
    ? { kind: "service", name: spec.Name, change: "keep" }
    : { kind: "service", name: spec.Name, change: "update", detail: changes.join(", ") };
}

/** What a wish would change of a service; nothing where both mean the same. */
export function changesOf(spec: ServiceSpec, known: Service, { networks }: Pick<SwarmState, "networks">): string[] {
  const names = new Map(networks.map(({ Id, Name }) => [Id, Name]));
  return differences(normal(withKnownImage(spec, known.Spec), names), normal(known.Spec, names));
}

/** A service whose image the file calls as before keeps the very image that was found for it then. */
export function withKnownImage(spec: ServiceSpec, known: ServiceSpec): ServiceSpec {
  if (spec.Labels[imageLabel] !== known.Labels?.[imageLabel]) return spec;
  const { Image } = known.TaskTemplate.ContainerSpec;
  const { TaskTemplate } = spec;
  return { ...spec, TaskTemplate: { ...TaskTemplate, ContainerSpec: { ...TaskTemplate.ContainerSpec, Image } } };
}
