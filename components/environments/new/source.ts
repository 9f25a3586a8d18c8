import type { LaunchChoices } from "#lib/model/launch.ts";

/** The environment that is cloned. */
export type Source = { id: string; name: string; providerId: string; region: string; choices: LaunchChoices };

/** An environment's way to launch as the form has it. */
export const valuesOf = ({ image, network, subnet, diskGib }: LaunchChoices) => ({
  image: image ?? "",
  network: subnet ? ("subnet" as const) : (network ?? ("" as const)),
  subnet: subnet ?? "",
  disk: diskGib === undefined ? "" : String(diskGib),
});
