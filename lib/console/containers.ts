import type { Context } from "#lib/context.ts";
import { see } from "./ask.ts";
import { stackLabel } from "./compose/stack.ts";

const pageSize = 50;

type Listed = {
  Id: string;
  Names: string[];
  Image: string;
  ImageID: string;
  State: string;
  Status: string;
  Created: number;
  Node?: { Name: string };
  Labels?: Record<string, string> | null;
  Ports?: { IP?: string; PrivatePort: number; PublicPort?: number; Type: string }[] | null;
  Mounts?: { Type: string; Name?: string }[] | null;
};

export type ContainerRow = {
  id: string;
  name: string;
  image: string;
  imageId: string;
  state: string;
  /** "Up 3 hours (healthy)". */
  status: string;
  createdAt: string;
  node: string;
  ports: { text: string; url: string | null }[];
  volumes: string[];
  /** The swarm service whose task it is, which makes it again when it is gone. */
  service: string | null;
  stack: string | null;
};

export type ContainerSearch = { query?: string; state?: string; node?: string; page?: number };
export type ContainerPage = {
  rows: ContainerRow[];
  /** All that fit the search. */
  found: number;
  total: number;
  page: number;
  pages: number;
  nodes: string[];
  missing: string[];
};

/** Every container of all nodes that answer. */
export async function allContainers(ctx: Context, environmentId: string) {
  const { value, missing } = await see<Listed[]>(ctx, environmentId, "/containers/json?all=1");
  return { rows: value.map(rowOf), missing };
}

/** The containers that fit a search, 50 at a time. */
export async function listContainers(
  ctx: Context,
  environmentId: string,
  search: ContainerSearch,
): Promise<ContainerPage> {
  const { rows, missing } = await allContainers(ctx, environmentId);
  return { ...pageOf(rows, search), missing };
}

/** Pure: the part of a list that a page shows. */
export function pageOf(rows: readonly ContainerRow[], search: ContainerSearch): Omit<ContainerPage, "missing"> {
  const found = rows.filter((row) => fits(row, search));
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(Math.max(1, search.page ?? 1), pages);
  const nodes = [...new Set(rows.map(({ node }) => node))].toSorted();
  const shown = found.slice((page - 1) * pageSize, page * pageSize);
  return { rows: shown, found: found.length, total: rows.length, page, pages, nodes };
}

function fits(row: ContainerRow, { query = "", state, node }: ContainerSearch): boolean {
  if (state && row.state !== state) return false;
  if (node && row.node !== node) return false;
  const text = [row.name, row.image, row.id, row.stack, row.service, ...row.ports.map((port) => port.text)]
    .join(" ")
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function rowOf({
  Id,
  Names,
  Image,
  ImageID,
  State,
  Status,
  Created,
  Node,
  Labels,
  Ports,
  Mounts,
}: Listed): ContainerRow {
  return {
    id: Id,
    name: (Names[0] ?? Id.slice(0, 12)).replace(/^\//, ""),
    image: shortImage(Image),
    imageId: ImageID,
    state: State,
    status: Status,
    createdAt: new Date(Created * 1000).toISOString(),
    node: Node?.Name ?? "",
    ports: (Ports ?? []).flatMap(portOf),
    volumes: (Mounts ?? []).flatMap(({ Type, Name }) => (Type === "volume" && Name ? Name : [])),
    service: Labels?.["com.docker.swarm.service.name"] ?? null,
    stack: Labels?.[stackLabel] ?? Labels?.["com.docker.compose.project"] ?? null,
  };
}

/** A published port where it is reached; what is not published is nobody's business outside. */
function portOf({ IP, PrivatePort, PublicPort, Type }: NonNullable<Listed["Ports"]>[number]) {
  if (!PublicPort || !IP) return [];
  const text = `${PublicPort} → ${PrivatePort}${Type === "tcp" ? "" : `/${Type}`}`;
  return { text, url: Type === "tcp" ? urlOf(IP, PublicPort, PrivatePort) : null };
}

export const urlOf = (ip: string, port: number, inner: number): string =>
  `${inner === 443 || inner === 8443 ? "https" : "http"}://${ip.includes(":") ? `[${ip}]` : ip}:${port}`;

/** An image as a person names it: without the digest that a swarm pins it by. */
export const shortImage = (image: string): string =>
  image.replace(/@sha256:[0-9a-f]+$/, "").replace(/^sha256:([0-9a-f]{12}).*/, "$1");
