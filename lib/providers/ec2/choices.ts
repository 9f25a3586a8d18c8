import type { LaunchChoices } from "#lib/model/launch.ts";
import type { Ec2Session } from "./client.ts";

export type Choices = Required<Pick<LaunchChoices, "image" | "network" | "diskGib">> & Pick<LaunchChoices, "subnet">;

export const DISK_GIB = { least: 8, most: 16_384, usual: 20 };

/** How an environment's servers are launched: as its wish says, else as the settings say, else as is usual. */
export function choicesOf({ settings }: Ec2Session, choices: LaunchChoices = {}): Choices {
  const placed = choices.network || choices.subnet ? choices : settings;
  return {
    image: choices.image ?? settings.image ?? "debian-12",
    network: placed.network ?? "default",
    subnet: placed.subnet,
    diskGib: choices.diskGib ?? settings.disk_gib ?? DISK_GIB.usual,
  };
}

/** Whether a network is made for the environment. */
export const hasOwnNetwork = ({ network, subnet }: Choices) => network === "own" && !subnet;
