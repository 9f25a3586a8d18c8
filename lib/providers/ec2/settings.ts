import type { ImageName } from "#lib/model/launch.ts";

/** What a person gives to let us into an AWS account, under the names that the API gives it. */
export type Ec2Settings = {
  /** Absent, with `secretKey`, where the role is assumed from CloudHero's own identity. */
  accessKey?: string;
  secretKey?: string;
  session_token?: string;
  /** Assumed from the keys above, or from CloudHero's own identity, for everything else. */
  role_arn?: string;
  external_id?: string;
  /** Servers are placed here; its zone and network follow from it. Absent: the region's default network. */
  subnet?: string;
  /** Without `subnet`: "own" makes a network per environment and removes it with the environment. */
  network?: "default" | "own";
  image?: ImageName;
  /** Size of the root volume in GiB; at least 8, 20 by default. */
  disk_gib?: number;
  /** The account is a practice cloud's; nothing in it is real. */
  practice?: boolean;
};

/** The region of AWS's own global answers (who am I, what regions are there, the price list). */
export const HOME_REGION = "us-east-1";
