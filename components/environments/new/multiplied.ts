import { namesOf, nextKey } from "./change-draft.ts";
import { type DraftNode, mostNodes } from "./draft.ts";
import { numberedNames, splitName } from "./free-name.ts";

/** A row becomes `count` rows, name-1 to name-N; names that other rows have are passed over. */
export function multiplied(nodes: readonly DraftNode[], key: number, count: number): readonly DraftNode[] {
  const index = nodes.findIndex((node) => node.key === key);
  const room = Math.min(count, mostNodes - nodes.length + 1);
  if (index === -1 || room < 2) return nodes;
  const like = nodes[index]!;
  const names = numberedNames(splitName(like.name).stem, room, namesOf(nodes.toSpliced(index, 1)));
  const first = nextKey(nodes);
  const copies = names.map((name, at) => ({
    ...like,
    name,
    key: at === 0 ? like.key : first + at,
    packages: [...like.packages],
  }));
  return nodes.toSpliced(index, 1, ...copies);
}
