import { bodyOf, type Draft } from "./draft.ts";

/** The draft's servers as `POST /templates` takes them. */
export const templateOf = (draft: Draft): object => ({
  nodes: bodyOf(draft).nodes.map((node, index) => {
    const need = draft.nodes[index]?.need;
    return {
      ...node,
      size: node.size || null,
      ...(need ? { min_cores: need.cores, min_memory_gib: need.gib } : {}),
    };
  }),
});
