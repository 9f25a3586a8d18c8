import type { LaunchChoices } from "./launch.ts";
import type { Schedule } from "./schedule.ts";

/** A port that is open to addresses outside the environment. */
export type Ingress = { port: number; cidr: string };

/** What a team asks of one server. */
export type NodeWish = { name: string; size: string; packages: string[]; expose: Ingress[] };

/** What an environment does by itself, and what it is kept from; undefined keeps what is, null takes it away. */
export type Lifecycle = {
  schedule?: Schedule | null | undefined;
  /** When it is deleted by itself. */
  expiresAt?: Date | null | undefined;
  /** It cannot be deleted until somebody says otherwise. */
  protected?: boolean | undefined;
};

/** A change of settings alone; no server is touched. */
export type SettingsWish = Lifecycle & { name?: string | undefined; heal?: boolean | undefined };

/** A new environment, as the form and the API state it. */
export type EnvironmentWish = {
  providerId: string;
  region: string;
  name: string;
  nodes: NodeWish[];
  heal: boolean;
  choices: LaunchChoices;
  lifecycle?: Lifecycle;
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
  /** Nodes that are left out go: all of them, or those named. */
  prune: boolean | string[];
  /** Nodes of another size get a new, empty server: all of them, or those named; else it is refused. */
  remake?: boolean | string[];
  lifecycle?: Lifecycle;
};
