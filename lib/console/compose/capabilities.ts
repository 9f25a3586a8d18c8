/** Capabilities as Docker writes them: CAP_ before each, ALL instead of many, and what is added is not dropped. */
export function capabilities(add: string[], drop: string[]): { add: string[] | undefined; drop: string[] | undefined } {
  const [added, dropped] = [normal(add), normal(drop)];
  const kept = dropped.filter((name) => !added.includes(name));
  return { add: added.length > 0 ? added : undefined, drop: kept.length > 0 ? kept : undefined };
}

function normal(names: string[]): string[] {
  const upper = names.map((name) => name.trim().toUpperCase());
  if (upper.includes("ALL")) return ["ALL"];
  return [...new Set(upper.map((name) => (name.startsWith("CAP_") ? name : `CAP_${name}`)))].toSorted();
}
