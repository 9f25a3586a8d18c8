import { bodyOf, type Draft, type WishBody } from "./draft.ts";

/** What YAML 1.1 or 1.2 would read as something else than text. */
const special = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;

/** A text as YAML: bare where nothing can mistake it, else in JSON's quotes, which are YAML's as well. */
const text = (value: string) =>
  /^[A-Za-z][A-Za-z0-9_./-]*$/.test(value) && !special.test(value) ? value : JSON.stringify(value);

/** The body that the API takes for this draft, as YAML. */
export function yamlOf(draft: Draft): string {
  const { nodes, ...rest } = bodyOf(draft);
  const lines = Object.entries(rest).map(([name, value]) => `${name}: ${flow(value)}`);
  return [...lines, "nodes:", ...nodes.map(nodeLines)].join("\n");
}

/** A value on one line. */
function flow(value: unknown): string {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Object.entries(value).map(([name, part]) => `${name}: ${flow(part)}`);
  return `{ ${parts.join(", ")} }`;
}

function nodeLines({ name, size, packages, expose = [] }: WishBody["nodes"][number]): string {
  const open = expose.map((one) => `      - ${flow(one)}`);
  return [
    `  - name: ${text(name)}`,
    `    size: ${text(size)}`,
    ...(packages.length > 0 ? [`    packages: ${flow(packages)}`] : []),
    ...(open.length > 0 ? ["    expose:", ...open] : []),
  ].join("\n");
}

const mostCharacters = 400_000;

/** What a text of YAML (or JSON) says; `problem` names the line where it is neither. The parser is loaded at the first use. */
export async function readYaml(source: string): Promise<{ value?: unknown; problem?: string }> {
  if (source.length > mostCharacters) return { problem: "That is too long for an environment." };
  const { parseDocument } = await import("yaml");
  const document = parseDocument(source);
  const [error] = document.errors;
  if (error) return { problem: error.message.split("\n")[0]!.replace(/:$/, ".") };
  try {
    return { value: document.toJS({ maxAliasCount: 50 }) };
  } catch (thrown) {
    return { problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
