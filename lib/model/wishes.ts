import type { LaunchChoices } from "./launch.ts";

/** A port that is open to addresses outside the environment. */
export type Ingress = { port: number; cidr: string };

/** What a team asks of one server. */
export type NodeWish = { name: string; size: string; packages: string[]; expose: Ingress[] };

/** A new environment, as the form and the API state it. */
export type EnvironmentWish = {
  providerId: string;
  region: string;
  name: string;
  nodes: NodeWish[];
  heal: boolean;
  choices: LaunchChoices;
};

/** The whole wish for one that exists; undefined keeps what is. */
export type ChangeWish = {
  /** Said again, or left out; neither can be changed. */
  providerId?: string | undefined;
  region?: string | undefined;
  choices: LaunchChoices;
  name: string | undefined;
  nodes: NodeWish[];
  heal?: boolean;
  prune: boolean;
};
