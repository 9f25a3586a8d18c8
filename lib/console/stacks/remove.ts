import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "#lib/context.ts";
import { AppError, notFound } from "#lib/errors.ts";
import { change, patiently } from "../ask.ts";
import { partOf, swarmState } from "./state.ts";

const pauseMs = 500;
const triesAtMost = 40;

/** Removes all that belongs to a stack: services, secrets, configs and networks. Volumes stay, as with Docker's own client. */
export async function removeStack(ctx: Context, environmentId: string, name: string): Promise<void> {
  const { services, secrets, configs, networks } = partOf(await swarmState(ctx, environmentId), name);
  if (services.length + secrets.length + configs.length + networks.length === 0) throw notFound(`The stack ${name}`);
  const remove = (path: string) =>
    patiently(() => change(ctx, environmentId, path, { method: "DELETE" })).catch((error) => {
      if (!(error instanceof AppError && error.code === "not_found")) throw error;
    });
  for (const { ID } of services) await remove(`/services/${ID}`);
  for (const { ID } of secrets) await remove(`/secrets/${ID}`);
  for (const { ID } of configs) await remove(`/configs/${ID}`);
  for (const { Id } of networks) await untilFree(() => remove(`/networks/${Id}`));
}

/** A network is in use until the last task has gone. */
async function untilFree(remove: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await remove();
      return;
    } catch (error) {
      if (tries === triesAtMost || !(error instanceof AppError)) throw error;
      await sleep(pauseMs);
    }
  }
}
