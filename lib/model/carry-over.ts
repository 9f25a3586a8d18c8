import type { ImageName, LaunchChoices } from "./launch.ts";

/** What an environment may say at the place that it is taken to. */
export type Target = {
  images: readonly string[];
  network: boolean;
  disk: { least: number; most: number } | undefined;
  sameProvider: boolean;
  sameRegion: boolean;
};

/** `lost`: what does not go along, by the field's name, and why. */
export type Carried = { choices: LaunchChoices; lost: { field: string; message: string }[] };

/** What of an environment's way to launch holds at another place. */
export function carryOver({ image, network, subnet, diskGib }: LaunchChoices, target: Target): Carried {
  const { images, disk, sameProvider, sameRegion } = target;
  const here = sameProvider && sameRegion;
  const disks = disk && diskGib !== undefined ? diskGib >= disk.least && diskGib <= disk.most : false;
  const lost = [
    image &&
      !images.includes(image) && { field: "image", message: `There is no ${image} there: ${images[0]} instead.` },
    network && !target.network && { field: "network", message: "The servers there have no choice of network." },
    subnet && !here && { field: "subnet", message: `The subnet ${subnet} is of another region or account.` },
    diskGib && !disks && { field: "disk_gib", message: `A disk of ${diskGib} GiB cannot be had there.` },
  ];
  return {
    choices: {
      image: image && images.includes(image) ? (image as ImageName) : undefined,
      network: target.network ? network : undefined,
      subnet: here ? subnet : undefined,
      diskGib: disks ? diskGib : undefined,
    },
    lost: lost.filter((one) => Boolean(one)) as Carried["lost"],
  };
}
