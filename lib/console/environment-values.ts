/** A variable of a container's environment; null stands for a value that looks like a secret. */
export type EnvironmentEntry = { name: string; value: string | null };

const secretName = /pass|secret|token|key|credential|auth|private|salt|dsn|cookie|session|jwt/i;
/** `postgres://user:password@host`. */
const secretValue = /:\/\/[^/\s:@]*:[^/\s@]+@/;

/** "NAME=value" lines in the order of their names; what looks like a secret has no value, unless all are asked for. */
export function environmentOf(lines: readonly string[], shown: "all" | "harmless" = "harmless"): EnvironmentEntry[] {
  const entries = lines.map((line) => {
    const at = line.indexOf("=");
    const [name, value] = at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    return { name, value: shown === "all" || !looksSecret(name, value) ? value : null };
  });
  return entries.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The path of a file that holds a secret is none. */
const looksSecret = (name: string, value: string) =>
  value !== "" && !name.endsWith("_FILE") && (secretName.test(name) || secretValue.test(value));
