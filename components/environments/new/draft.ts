import type { Need } from "#lib/model/sizing.ts";
import { type Open, readPorts } from "./ports.ts";

/** The form as it stands, before anything is checked. */
export type Draft = {
  /** An application's id; "" for a new one of `applicationName`. */
  applicationId: string;
  applicationName: string;
  providerId: string;
  region: string;
  environment: string;
  heal: boolean;
  /** "": as the provider has it. */
  image: string;
  /** "": as the provider has it; "subnet": in the subnet that is named. */
  network: "" | "default" | "own" | "subnet";
  subnet: string;
  /** In GiB; "": as the provider has it. */
  disk: string;
  /** Nobody can delete it before an admin takes that away. */
  protected: boolean;
  /** Hours until it is deleted by itself; "": never. */
  ttl: string;
  /** The hours in which it runs; null: always. */
  schedule: DraftSchedule | null;
  nodes: DraftNode[];
};

export type DraftSchedule = { days: number[]; start: string; stop: string; timeZone: string };

export type DraftNode = {
  /** The row's own, whatever its name becomes. */
  key: number;
  name: string;
  size: string;
  packages: string[];
  /** Ports that are open to the outside, as they are typed. */
  open: string;
  /** How big its size is, or must be: by this another place's size is found. */
  need?: Need | undefined;
  /** The size that it was to have, where another stands for it. */
  swapped?: { from: string; short: boolean } | undefined;
};

export const mostNodes = 500;

/** No choice of how servers are launched. */
export const asTheProviderHasIt = { image: "", network: "", subnet: "", disk: "" } as const satisfies Partial<Draft>;

/** Nothing that it does by itself, or is kept from. */
export const withoutLife = { heal: false, protected: false, ttl: "", schedule: null } as const satisfies Partial<Draft>;

/** What an environment asks for in the API's words. */
export type WishBody = {
  provider_id: string;
  region: string;
  environment: string;
  heal?: boolean;
  image?: string;
  network?: string;
  subnet?: string;
  disk_gib?: number;
  protected?: true;
  ttl_hours?: number;
  schedule?: { days: number[]; start: string; stop: string; time_zone: string };
  nodes: { name: string; size: string; packages: string[]; expose?: Open[] }[];
};

/** The body that the API takes for this draft; what is left as the provider has it is left out. */
export function bodyOf({ providerId, region, environment, heal, nodes, ...draft }: Draft): WishBody {
  const wishes = nodes.map(({ name, size, packages, open }) => {
    const expose = readPorts(open).open;
    return { name, size, packages, ...(expose.length > 0 ? { expose } : {}) };
  });
  const life = {
    ...(heal ? { heal } : {}),
    ...(draft.protected ? { protected: true as const } : {}),
    ...(draft.ttl ? { ttl_hours: Number(draft.ttl) } : {}),
    ...(draft.schedule ? { schedule: scheduleOf(draft.schedule) } : {}),
  };
  const choices = {
    ...(draft.image ? { image: draft.image } : {}),
    ...(draft.network && draft.network !== "subnet" ? { network: draft.network } : {}),
    ...(draft.network === "subnet" ? { subnet: draft.subnet } : {}),
    ...(draft.disk ? { disk_gib: Number(draft.disk) } : {}),
  };
  return { provider_id: providerId, region, environment, ...life, ...choices, nodes: wishes };
}

const scheduleOf = ({ days, start, stop, timeZone }: DraftSchedule) => ({ days, start, stop, time_zone: timeZone });
