/** A name's stem, and the number that it ends in. */
export function splitName(name: string): { stem: string; number: number | undefined } {
  const [, stem = "", number] = /^(.*?)(?:-(\d{1,6}))?$/.exec(name) ?? [];
  return { stem, number: number === undefined ? undefined : Number(number) };
}

/** `name`, or where it is taken the next free number after it: web, web-2, web-3. */
export function freeName(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map((other) => other.toLowerCase()));
  if (!known.has(name.toLowerCase())) return name;
  const { stem, number } = splitName(name);
  let next = (number ?? 1) + 1;
  while (known.has(`${stem}-${next}`.toLowerCase())) next += 1;
  return `${stem}-${next}`;
}

/** The first `count` of stem-1, stem-2 … that are not taken. */
export function numberedNames(stem: string, count: number, taken: readonly string[]): string[] {
  const known = new Set(taken.map((other) => other.toLowerCase()));
  const names: string[] = [];
  for (let number = 1; names.length < count; number += 1)
    if (!known.has(`${stem}-${number}`.toLowerCase())) names.push(`${stem}-${number}`);
  return names;
}
