import type { Context } from "#lib/context.ts";
import { AppError, invalid } from "#lib/errors.ts";
import { change, patiently, see } from "./ask.ts";
import type { ServiceSpec } from "./compose/stack.ts";
import { swarmInfo } from "./info.ts";
import type { Raw } from "./services.ts";
import { pinned } from "./stacks/image.ts";

const replicasAtMost = 1_000;

export async function scaleService(ctx: Context, environmentId: string, id: string, replicas: number): Promise<void> {
  if (!Number.isInteger(replicas) || replicas < 0 || replicas > replicasAtMost)
    throw invalid(`Replicas are a whole number from 0 to ${replicasAtMost}.`, "replicas");
  await update(ctx, environmentId, id, (spec) => {
    if (!spec.Mode?.Replicated) throw invalid("Only a replicated service has a number of replicas.", "replicas");
    return { ...spec, Mode: { Replicated: { Replicas: replicas } } };
  });
}

/** Has all tasks run another image, which is pinned to what its registry has now. */
export async function setServiceImage(ctx: Context, environmentId: string, id: string, image: string): Promise<void> {
  if (!/^[a-z0-9][\w./:@-]{0,499}$/i.test(image))
    throw invalid(`"${image.slice(0, 80)}" is no image, such as nginx:1.27.`, "image");
  const pin = await pinned(ctx, environmentId, image);
  await update(ctx, environmentId, id, (spec) => {
    const { TaskTemplate } = spec;
    const ContainerSpec = { ...TaskTemplate.ContainerSpec, Image: pin.image };
    const Placement = pin.platforms ? { ...TaskTemplate.Placement, Platforms: pin.platforms } : TaskTemplate.Placement;
    return { ...spec, TaskTemplate: { ...TaskTemplate, ContainerSpec, Placement } };
  });
}

/** Makes every task anew, as the service is. */
export const restartService = (ctx: Context, environmentId: string, id: string) =>
  update(ctx, environmentId, id, (spec) => ({
    ...spec,
    TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: (spec.TaskTemplate.ForceUpdate ?? 0) + 1 },
  }));

/** Back to what the service was before its last update. */
export const rollBackService = (ctx: Context, environmentId: string, id: string) =>
  update(
    ctx,
    environmentId,
    id,
    (spec, previous) => {
      if (!previous) throw new AppError("conflict", "This service was never updated: there is nothing to go back to.");
      return spec;
    },
    "&rollback=previous",
  );

type Next = (spec: ServiceSpec, previous: ServiceSpec | undefined) => ServiceSpec;

/** A swarm takes a change of the version that was read, and no other: two at once do not undo each other. */
async function update(ctx: Context, environmentId: string, id: string, next: Next, more = ""): Promise<void> {
  await patiently(() => swarmInfo(ctx, environmentId));
  const path = `/services/${encodeURIComponent(id)}`;
  const { value } = await see<Raw>(ctx, environmentId, path);
  const body = next(value.Spec, value.PreviousSpec);
  await change(ctx, environmentId, `${path}/update?version=${value.Version.Index}${more}`, { body });
}
