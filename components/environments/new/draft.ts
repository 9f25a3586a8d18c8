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
  nodes: DraftNode[];
};

/** `key` is the row's own, whatever its name becomes. */
export type DraftNode = { key: number; name: string; size: string; packages: string[] };

export type DraftChange =
  | { do: "set"; values: Partial<Omit<Draft, "nodes">> }
  | { do: "set-node"; index: number; values: Partial<Omit<DraftNode, "key">> }
  | { do: "size-empty-nodes"; size: string }
  | { do: "add-node" }
  | { do: "duplicate-node"; key: number }
  | { do: "remove-node"; key: number };

export const mostNodes = 500;

/** No choice of how servers are launched. */
export const asTheProviderHasIt = { image: "", network: "", subnet: "", disk: "" } as const satisfies Partial<Draft>;

/** The draft after a change. The last node stays; past 500 none is added. */
export function changeDraft(draft: Draft, change: DraftChange): Draft {
  const { nodes } = draft;
  switch (change.do) {
    case "set":
      return { ...draft, ...change.values };
    case "set-node":
      return { ...draft, nodes: nodes.map((node, at) => (at === change.index ? { ...node, ...change.values } : node)) };
    case "size-empty-nodes":
      return { ...draft, nodes: nodes.map((node) => (node.size ? node : { ...node, size: change.size })) };
    case "add-node":
      return withNode(draft, { name: "node-1", size: nodes.at(-1)?.size ?? "", packages: [] }, nodes.length);
    case "duplicate-node": {
      const index = nodes.findIndex((node) => node.key === change.key);
      return index === -1 ? draft : withNode(draft, nodes[index]!, index + 1);
    }
    case "remove-node":
      return nodes.length === 1 ? draft : { ...draft, nodes: nodes.filter((node) => node.key !== change.key) };
  }
}

function withNode(draft: Draft, like: Omit<DraftNode, "key">, index: number): Draft {
  const { nodes } = draft;
  if (nodes.length >= mostNodes) return draft;
  const key = Math.max(0, ...nodes.map((node) => node.key)) + 1;
  const name = freeName(
    like.name,
    nodes.map((node) => node.name),
  );
  return { ...draft, nodes: nodes.toSpliced(index, 0, { ...like, key, name, packages: [...like.packages] }) };
}

/** `name`, or where it is taken the next free number after it: web, web-2, web-3. */
export function freeName(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map((other) => other.toLowerCase()));
  if (!known.has(name.toLowerCase())) return name;
  const [, stem, number] = /^(.*?)(?:-(\d+))?$/.exec(name) as unknown as [string, string, string | undefined];
  let next = Number(number ?? 1) + 1;
  while (known.has(`${stem}-${next}`.toLowerCase())) next += 1;
  return `${stem}-${next}`;
}

/** The body that the API takes for this draft; what is left as the provider has it is left out. */
export function bodyOf({ providerId, region, environment, heal, nodes, ...draft }: Draft) {
  const wishes = nodes.map(({ name, size, packages }) => ({ name, size, packages }));
  const choices = {
    ...(heal ? { heal } : {}),
    ...(draft.image ? { image: draft.image } : {}),
    ...(draft.network && draft.network !== "subnet" ? { network: draft.network } : {}),
    ...(draft.network === "subnet" ? { subnet: draft.subnet } : {}),
    ...(draft.disk ? { disk_gib: Number(draft.disk) } : {}),
  };
  return { provider_id: providerId, region, environment, ...choices, nodes: wishes };
}
