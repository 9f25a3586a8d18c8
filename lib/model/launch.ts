/** What a server may start from. */
export const imageNames = ["debian-12", "ubuntu-24.04"] as const;
export type ImageName = (typeof imageNames)[number];

/** The region's default network, or one that is made for the environment and removed with it. */
export const networkChoices = ["default", "own"] as const;

/** How servers are launched, where a wish says so; what it leaves out is as the provider's settings have it. */
export type LaunchChoices = {
  image?: ImageName | undefined;
  network?: (typeof networkChoices)[number] | undefined;
  /** A subnet's id in the cloud; its network and zone follow from it. */
  subnet?: string | undefined;
  /** Size of a server's own disk in GiB. */
  diskGib?: number | undefined;
};
