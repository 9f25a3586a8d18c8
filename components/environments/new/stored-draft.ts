import type { Draft } from "./draft.ts";

/** What this tab keeps of a form that is not sent yet; a draft of another shape than today's is none. */
export function readStored(key: string): Draft | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as Partial<Draft> | null;
    const isWhole =
      kept !== null &&
      typeof kept.environment === "string" &&
      typeof kept.ttl === "string" &&
      Array.isArray(kept.nodes) &&
      kept.nodes.length > 0 &&
      kept.nodes.every((node) => typeof node.open === "string" && typeof node.name === "string");
    return isWhole ? (kept as Draft) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a draft until the tab is closed; null forgets it. A browser that keeps nothing is no reason to stop. */
export function store(key: string, draft: Draft | null): void {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch {}
}
