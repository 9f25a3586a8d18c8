import type { Context } from "#lib/context.ts";
import { forbidden, invalid } from "#lib/errors.ts";
import { practiceClouds } from "#lib/practice.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import { mayUseOwnEngine } from "./own-engine.ts";

/** The settings of a practice cloud's account, with whatever choices were made beside them. */
export async function practiceSettings(
  ctx: Context,
  type: ProviderType,
  fields: Record<string, string>,
): Promise<Record<string, string>> {
  const clouds = practiceClouds()?.clouds;
  const cloud = type === "docker" ? undefined : clouds?.[type];
  if (!cloud) throw invalid("practice: no practice cloud is running; npm run emulators starts them.", "practice");
  if (!(await mayUseOwnEngine(ctx)))
    throw forbidden(
      "A practice cloud's servers run on CloudHero's own machine, so it is for the first account alone; the operator opens it to all with CLOUDHERO_DOCKER_SHARED=1.",
    );
  const { image, network, subnet, disk_gib } = fields;
  const choices = Object.entries({ image, network, subnet, disk_gib }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(choices), ...cloud.settings, practice: "yes" } as Record<string, string>;
}
