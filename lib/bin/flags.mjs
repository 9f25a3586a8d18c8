/** Flags whose variable is not CLOUDHERO_ and their own name. */
const NAMES = { port: "PORT", "database-url": "DATABASE_URL" };

/**
 * Environment variables from command line flags: `--port 9000` or `--port=9000` is PORT, `--data-dir x` is
 * CLOUDHERO_DATA_DIR, `--trust-proxy` alone is CLOUDHERO_TRUST_PROXY=1. Throws an Error for anything that is no flag.
 */
export function readFlags(words) {
  const variables = {};
  let dev = false;
  for (let index = 0; index < words.length; index++) {
    const match = /^--([a-z][a-z0-9-]*)(?:=(.*))?$/s.exec(words[index]);
    if (!match) throw new Error(`"${words[index]}" is not a flag; flags look like --port 9000.`);
    const [, name, inline] = match;
    if (name === "dev" && inline === undefined) {
      dev = true;
      continue;
    }
    const next = words[index + 1];
    const follows = inline === undefined && next !== undefined && !next.startsWith("--");
    if (follows) index++;
    variables[NAMES[name] ?? `CLOUDHERO_${name.toUpperCase().replaceAll("-", "_")}`] = inline ?? (follows ? next : "1");
  }
  return { dev, variables };
}
