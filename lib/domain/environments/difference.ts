import { type Changes, changesBetween } from "#lib/model/changes.ts";
import type { NodeWish } from "#lib/model/wishes.ts";
import type { EnvironmentRow, NodeRow } from "./view.ts";

type After = { name: string; heal: boolean; nodes: readonly NodeWish[] };

/** What a changed wish changes of an environment, field by field, for the audit log; null where nothing. */
export function environmentChanges(before: EnvironmentRow, nodes: readonly NodeRow[], after: After): Changes | null {
  const kept = nodes.filter(({ removal }) => removal !== "prune");
  const own = changesBetween({ name: before.name, heal: before.heal }, { name: after.name, heal: after.heal });
  const each = after.nodes.flatMap((wish) => {
    const node = kept.find(({ name }) => name === wish.name);
    return node ? Object.entries(nodeChanges(node, wish)) : [entry(wish.name, null, wish)];
  });
  const gone = kept.filter(({ name }) => !after.nodes.some((wish) => wish.name === name));
  const removed = gone.map((node) => entry(node.name, node, null));
  const changes = { ...own, ...Object.fromEntries([...each, ...removed]) };
  return Object.keys(changes).length > 0 ? changes : null;
}

type Node = { size: string; packages: readonly string[] };
const words = (node: Node | null) => node && [node.size, ...node.packages].join(", ");
const entry = (name: string, before: Node | null, after: Node | null): [string, Changes[string]] => [
  `node ${name}`,
  { before: words(before), after: words(after) },
];
const ports = (expose: NodeWish["expose"]) => expose.map(({ port, cidr }) => `${port} for ${cidr}`);

function nodeChanges(node: NodeRow, wish: NodeWish): Changes {
  const seen = { size: node.size, packages: node.packages, expose: ports(node.expose) };
  const wished = { size: wish.size, packages: wish.packages, expose: ports(wish.expose) };
  const changes = Object.entries(changesBetween<typeof seen>(seen, wished) ?? {});
  return Object.fromEntries(changes.map(([field, change]) => [`${node.name}: ${field}`, change]));
}
