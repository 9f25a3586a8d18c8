const longest = 200;

/** A place in a body as people write it: nodes[1].size. Cut where it is absurdly long, and free of what cannot be shown. */
export function fieldName(path: readonly PropertyKey[]): string {
  const whole = path.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${part}]`;
    return name ? `${name}.${String(part)}` : String(part);
  }, "");
  return whole.toWellFormed().replaceAll("\0", "").slice(0, longest);
}
