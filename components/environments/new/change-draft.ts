import type { TemplateNode } from "#lib/model/templates.ts";
import { type Draft, type DraftNode, mostNodes } from "./draft.ts";
import { freeName } from "./free-name.ts";
import { portsText } from "./ports.ts";

/** The nodes after a change that is loaded when it is needed; the same array where nothing changes. */
export type ChangeNodes = (nodes: readonly DraftNode[]) => readonly DraftNode[];

export type DraftChange =
  | { do: "set"; values: Partial<Omit<Draft, "nodes">> }
  | { do: "replace"; draft: Draft }
  | { do: "set-node"; index: number; values: Partial<Omit<DraftNode, "key">> }
  | { do: "size-nodes"; sized: ChangeNodes }
  | { do: "use-template"; nodes: readonly TemplateNode[] }
  | { do: "add-node" }
  | { do: "duplicate-node"; key: number }
  | { do: "multiply-node"; multiplied: ChangeNodes }
  | { do: "move-node"; key: number; by: 1 | -1 }
  | { do: "remove-node"; key: number };

/** The draft after a change; the same draft where nothing changes. The last node stays; past 500 none is added. */
export function changeDraft(draft: Draft, change: DraftChange): Draft {
  const { nodes } = draft;
  switch (change.do) {
    case "set":
      return { ...draft, ...change.values };
    case "replace":
      return change.draft;
    case "set-node":
      return {
        ...draft,
        nodes: nodes.map((node, at) => (at === change.index ? withValues(node, change.values) : node)),
      };
    case "size-nodes":
      return withNodes(draft, change.sized(nodes));
    case "use-template":
      return { ...draft, nodes: change.nodes.slice(0, mostNodes).map(fromTemplate) };
    case "add-node":
      return withNode(draft, { name: "node-1", size: nodes.at(-1)?.size ?? "", packages: [], open: "" }, nodes.length);
    case "duplicate-node": {
      const index = nodes.findIndex((node) => node.key === change.key);
      return index === -1 ? draft : withNode(draft, nodes[index]!, index + 1);
    }
    case "multiply-node":
      return withNodes(draft, change.multiplied(nodes));
    case "move-node":
      return moved(draft, change.key, change.by);
    case "remove-node":
      return nodes.length === 1 ? draft : { ...draft, nodes: nodes.filter((node) => node.key !== change.key) };
  }
}

const withNodes = (draft: Draft, nodes: readonly DraftNode[]): Draft =>
  nodes === draft.nodes ? draft : { ...draft, nodes: [...nodes] };

export const nextKey = (nodes: readonly DraftNode[]) => Math.max(0, ...nodes.map(({ key }) => key)) + 1;
export const namesOf = (nodes: readonly DraftNode[]) => nodes.map(({ name }) => name);

/** A size that somebody chose stands for itself. */
const withValues = (node: DraftNode, values: Partial<DraftNode>): DraftNode => ({
  ...node,
  ...values,
  ...(values.size === undefined ? {} : { need: undefined, swapped: undefined }),
});

function withNode(draft: Draft, like: Omit<DraftNode, "key">, index: number): Draft {
  const { nodes } = draft;
  if (nodes.length >= mostNodes) return draft;
  const added = { ...like, key: nextKey(nodes), name: freeName(like.name, namesOf(nodes)) };
  return { ...draft, nodes: nodes.toSpliced(index, 0, { ...added, packages: [...like.packages] }) };
}

function moved(draft: Draft, key: number, by: 1 | -1): Draft {
  const from = draft.nodes.findIndex((node) => node.key === key);
  const to = from + by;
  if (from === -1 || to < 0 || to >= draft.nodes.length) return draft;
  return { ...draft, nodes: draft.nodes.toSpliced(from, 1).toSpliced(to, 0, draft.nodes[from]!) };
}

const fromTemplate = ({ name, size, need, packages, expose }: TemplateNode, index: number): DraftNode => ({
  key: index + 1,
  name,
  size: size ?? "",
  packages: [...packages],
  open: portsText(expose),
  need: need ?? undefined,
});
