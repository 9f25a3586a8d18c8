/** A function that blanks every secret in a line; the empty string is nobody's secret. */
export function scrubber(secrets: Iterable<string>): (line: string) => string {
  const longestFirst = [...new Set(secrets)].filter(Boolean).sort((a, b) => b.length - a.length);
  return (line) => longestFirst.reduce((clean, secret) => clean.replaceAll(secret, "••••••"), line);
}
