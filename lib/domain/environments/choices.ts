import type { ImageName, LaunchChoices } from "#lib/model/launch.ts";
import type { ProviderRow } from "../providers/view.ts";
import type { EnvironmentRow } from "./view.ts";

type Kept = Pick<EnvironmentRow, "image" | "network" | "subnet" | "diskGib">;

/** The choices by the names of their fields in a request. */
export const choiceFields = [
  ["image", "image"],
  ["network", "network"],
  ["subnet", "subnet"],
  ["diskGib", "disk_gib"],
] as const satisfies [keyof LaunchChoices, string][];

/** How an environment's servers are launched, as it was wished. */
export const choicesOf = ({ image, network, subnet, diskGib }: Kept): LaunchChoices => ({
  image: image ?? undefined,
  network: network ?? undefined,
  subnet: subnet ?? undefined,
  diskGib: diskGib ?? undefined,
});

/** A wish's choices with the provider's settings where it has none, so that later settings do not change it. */
export function settledChoices(choices: LaunchChoices, { settings }: ProviderRow): LaunchChoices {
  const placed = choices.network || choices.subnet ? choices : (settings as LaunchChoices);
  return {
    image: imageOf(choices, settings),
    network: placed.network,
    subnet: placed.subnet,
    diskGib: choices.diskGib ?? (settings.disk_gib ? Number(settings.disk_gib) : undefined),
  };
}

const imageOf = (choices: LaunchChoices, settings: Record<string, string>): ImageName =>
  choices.image ?? (settings.image as ImageName | undefined) ?? "debian-12";
