import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { type Asked, change as changeOnce, patiently } from "../ask.ts";
import { stackOf } from "../compose/convert.ts";
import type { FileWish, ServiceSpec, Stack } from "../compose/stack.ts";
import { familiar, type Pinned, pinned } from "./image.ts";
import { decide, type StackPlan, type StackWish, type Step, withKnownImage } from "./plan.ts";
import { type File, type SwarmState, swarmState } from "./state.ts";

const change = (ctx: Context, environmentId: string, path: string, asked: Asked) =>
  patiently(() => changeOnce(ctx, environmentId, path, asked));

type At = { ctx: Context; environmentId: string };

/**
 * Makes a swarm what a Compose file says, as `docker stack deploy` does: networks, secrets, configs, then services. What
 * is as wished is left alone, so it may be done again at any time. Throws conflict where the plan has a refusal, before
 * anything is done.
 */
export async function deployStack(ctx: Context, environmentId: string, wish: StackWish): Promise<StackPlan> {
  const at = { ctx, environmentId };
  const stack = stackOf(wish.name, wish.file, wish.variables);
  const state = await swarmState(ctx, environmentId);
  const plan = decide(stack, state, wish.prune);
  const refused = plan.steps.filter(({ change }) => change === "refused");
  if (refused.length > 0)
    throw new AppError("conflict", refused.map(({ kind, name, detail }) => `The ${kind} ${name} ${detail}.`).join(" "));
  const isTo = (kind: Step["kind"], name: string) =>
    plan.steps.find((step) => step.kind === kind && step.name === name)?.change;
  for (const network of stack.networks)
    if (isTo("network", network.Name) === "create")
      await change(ctx, environmentId, "/networks/create", { body: network });
  for (const secret of stack.secrets) await putFile(at, "secrets", secret, state.secrets);
  for (const config of stack.configs) await putFile(at, "configs", config, state.configs);
  const warnings = await putServices(at, stack, plan, state);
  for (const { name, change: kind } of plan.steps)
    if (kind === "remove")
      await change(ctx, environmentId, `/services/${encodeURIComponent(name)}`, { method: "DELETE" });
  return { ...plan, warnings: [...plan.warnings, ...warnings] };
}

/** The swarm refuses another content than it has, and takes other labels. */
async function putFile({ ctx, environmentId }: At, kind: "configs" | "secrets", wish: FileWish, there: File[]) {
  const { Name, Labels, content, templating } = wish;
  const Data = Buffer.from(content).toString("base64");
  const body = { Name, Labels, Data, ...(templating ? { Templating: { Name: templating } } : {}) };
  const known = there.find(({ Spec }) => Spec.Name === Name);
  if (!known) return change(ctx, environmentId, `/${kind}/create`, { body });
  const path = `/${kind}/${known.ID}/update?version=${known.Version.Index}`;
  return change(ctx, environmentId, path, { body }).catch((error) => {
    if (!(error instanceof AppError)) throw error;
    throw new AppError("conflict", `${Name}: ${error.message}. A changed one needs a new name (name: …) in the file.`);
  });
}

async function putServices(at: At, stack: Stack, { steps }: StackPlan, before: SwarmState): Promise<string[]> {
  const { ctx, environmentId } = at;
  const due = stack.services.filter(({ Name }) =>
    steps.some((step) => step.kind === "service" && step.name === Name && ["create", "update"].includes(step.change)),
  );
  const { configs, secrets } = due.length > 0 ? await swarmState(ctx, environmentId) : before;
  const warnings = new Set<string>();
  const pins = new Map<string, Promise<Pinned>>();
  const pinOf = (image: string) => {
    const pin = pins.get(image) ?? pinned(ctx, environmentId, image);
    pins.set(image, pin);
    return pin;
  };
  for (const spec of due) {
    const known = before.services.find((one) => one.Spec.Name === spec.Name);
    const wished = withIds(spec, configs, secrets);
    const kept = known && withKnownImage(wished, known.Spec);
    const isSameImage = kept && kept !== wished;
    const pin = isSameImage ? null : await pinOf(familiar(wished.TaskTemplate.ContainerSpec.Image));
    const body = pin ? withImage(wished, pin) : kept!;
    if (pin?.warning) warnings.add(pin.warning);
    if (known) {
      // What somebody forced to restart stays restarted.
      body.TaskTemplate.ForceUpdate = known.Spec.TaskTemplate.ForceUpdate;
      await change(ctx, environmentId, `/services/${known.ID}/update?version=${known.Version.Index}`, { body });
    } else await change(ctx, environmentId, "/services/create", { body });
  }
  return [...warnings];
}

function withImage(spec: ServiceSpec, { image, platforms }: Pinned): ServiceSpec {
  const { TaskTemplate } = spec;
  const ContainerSpec = { ...TaskTemplate.ContainerSpec, Image: image };
  const Placement = platforms ? { ...TaskTemplate.Placement, Platforms: platforms } : TaskTemplate.Placement;
  return { ...spec, TaskTemplate: { ...TaskTemplate, ContainerSpec, Placement } };
}

/** Configs and secrets are meant by id. */
function withIds(spec: ServiceSpec, configs: File[], secrets: File[]): ServiceSpec {
  const idIn = (all: File[], name: string) => all.find(({ Spec }) => Spec.Name === name)?.ID;
  const { TaskTemplate } = spec;
  const { ContainerSpec } = TaskTemplate;
  const Configs = ContainerSpec.Configs.map((one: { ConfigName: string }) => ({
    ...one,
    ConfigID: idIn(configs, one.ConfigName),
  }));
  const Secrets = ContainerSpec.Secrets.map((one: { SecretName: string }) => ({
    ...one,
    SecretID: idIn(secrets, one.SecretName),
  }));
  return { ...spec, TaskTemplate: { ...TaskTemplate, ContainerSpec: { ...ContainerSpec, Configs, Secrets } } };
}
