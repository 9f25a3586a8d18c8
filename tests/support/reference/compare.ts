/** A path in an answer, as a list of keys; "*" stands for any key of a map and any place in a list. */
export type Shape = { maps: readonly string[] };

/**
 * What of `expected` an answer lacks: keys at every depth, types, lengths of lists; more keys are no difference. At a
 * path in `maps` the keys are names that nobody fixed: there must be some, and each value is held to every one expected.
 */
export function differences(actual: unknown, expected: unknown, { maps }: Shape, path = ""): string[] {
  const here = path || "the answer";
  if (typeOf(actual) !== typeOf(expected)) return [`${here} is ${typeOf(actual)}, not ${typeOf(expected)}`];
  if (Array.isArray(expected)) return listDifferences(actual as unknown[], expected, { maps }, path);
  if (typeof expected !== "object" || expected === null) return [];
  const [given, wanted] = [actual as Record<string, unknown>, expected as Record<string, unknown>];
  if (maps.includes(path)) return mapDifferences(given, wanted, { maps }, path);
  return Object.entries(wanted).flatMap(([key, value]) =>
    Object.hasOwn(given, key)
      ? differences(given[key], value, { maps }, join(path, key))
      : [`${join(path, key)} is missing`],
  );
}

function listDifferences(given: unknown[], wanted: unknown[], shape: Shape, path: string): string[] {
  if (given.length !== wanted.length)
    return [`${path || "the answer"} has ${given.length} elements, not ${wanted.length}`];
  return wanted.flatMap((value, index) => differences(given[index], value, shape, join(path, "*")));
}

function mapDifferences(
  given: Record<string, unknown>,
  wanted: Record<string, unknown>,
  shape: Shape,
  path: string,
): string[] {
  const values = Object.values(given);
  if (values.length === 0) return [`${path || "the answer"} is empty`];
  const found = values.flatMap((value) =>
    Object.values(wanted).flatMap((model) => differences(value, model, shape, join(path, "*"))),
  );
  return [...new Set(found)];
}

const join = (path: string, key: string) => (path ? `${path}.${key}` : key);

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
