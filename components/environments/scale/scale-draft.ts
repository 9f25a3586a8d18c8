import { mostNodes } from "../new/draft.ts";
import { freeName } from "../new/free-name.ts";
import { readPorts } from "../new/ports.ts";

/** A server as it is to be. `was`: as it is now; absent for one that is to be added. */
export type ScaleNode = {
  key: number;
  name: string;
  size: string;
  packages: string[];
  /** Open ports, as they are typed. */
  open: string;
  was?: { size: string; packages: string[]; open: string };
  /** It is to go. */
  removed: boolean;
};

export type ScaleChange =
  | { do: "set"; key: number; values: Partial<Pick<ScaleNode, "name" | "size" | "packages" | "open">> }
  | { do: "add" }
  | { do: "add-like"; key: number }
  | { do: "remove"; key: number }
  | { do: "restore"; key: number };

/** The draft after a change. An added server that is removed is dropped; one that exists is marked, and can be had back. */
export function changeScale(nodes: readonly ScaleNode[], change: ScaleChange): ScaleNode[] {
  switch (change.do) {
    case "set":
      return each(nodes, change.key, change.values);
    case "add":
      return added(nodes, { name: "node-1", size: nodes.at(-1)?.size ?? "", packages: [], open: "" });
    case "add-like": {
      const like = nodes.find(({ key }) => key === change.key);
      return like ? added(nodes, like) : [...nodes];
    }
    case "remove":
      return each(
        nodes.filter(({ key, was }) => key !== change.key || was),
        change.key,
        { removed: true },
      );
    case "restore":
      return each(nodes, change.key, { removed: false });
  }
}

const each = (nodes: readonly ScaleNode[], key: number, values: Partial<ScaleNode>) =>
  nodes.map((node) => (node.key === key ? { ...node, ...values } : node));

function added(nodes: readonly ScaleNode[], like: Pick<ScaleNode, "name" | "size" | "packages" | "open">) {
  if (nodes.length >= mostNodes) return [...nodes];
  const key = Math.max(0, ...nodes.map((node) => node.key)) + 1;
  const taken = nodes.map(({ name }) => name);
  const { size, packages, open } = like;
  return [...nodes, { key, name: freeName(like.name, taken), size, packages: [...packages], open, removed: false }];
}

/** Servers that stay or are added: at least one must. */
export const remaining = (nodes: readonly ScaleNode[]) => nodes.filter(({ removed }) => !removed);

const sorted = (packages: readonly string[]) => packages.toSorted().join();

/** Whether it asks for anything else than what is there. */
export const isChanged = (nodes: readonly ScaleNode[]) =>
  nodes.some(
    ({ removed, was, size, packages, open }) =>
      removed || !was || was.size !== size || sorted(was.packages) !== sorted(packages) || was.open !== open.trim(),
  );

/** What is wrong with the ports of those that stay, by key. */
export const portProblems = (nodes: readonly ScaleNode[]): Map<number, string> =>
  new Map(
    remaining(nodes).flatMap(({ key, open }) => {
      const { problem } = readPorts(open);
      return problem ? [[key, problem] as const] : [];
    }),
  );

/** The body that `PUT /environments/{id}` and its plan take; only what is named here is removed or replaced. */
export function scaleBody(nodes: readonly ScaleNode[]) {
  return {
    nodes: remaining(nodes).map(({ name, size, packages, open }) => ({
      ...{ name, size, packages },
      expose: readPorts(open).open,
    })),
    prune: nodes.filter(({ removed }) => removed).map(({ name }) => name),
    remake: remaining(nodes)
      .filter(({ was, size }) => was && was.size !== size)
      .map(({ name }) => name),
  };
}
export type ScaleBody = ReturnType<typeof scaleBody>;
