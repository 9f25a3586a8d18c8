import { bodyOf, type Draft } from "./draft.ts";

/** A text as one word of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const post = (url: string, json: string) =>
  [
    `curl ${quoted(url)}`,
    '-H "Authentication-Token: $TOKEN"',
    '-H "Content-Type: application/json"',
    `-d ${quoted(json)}`,
  ].join(" \\\n  ");

/** The requests that do what the form would, as lines for a shell; `origin` is the reader's own. */
export function curlOf(draft: Draft, origin: string): string {
  const body = readable(bodyOf(draft));
  if (draft.applicationId) return post(`${origin}/applications/${draft.applicationId}/environments`, body);
  const application = JSON.stringify({ application_name: draft.applicationName, application_type: "custom" });
  return [
    post(`${origin}/applications`, application),
    "# with the id that this answers:",
    post(`${origin}/applications/APPLICATION_ID/environments`, body),
  ].join("\n\n");
}

/** JSON with a line per field and a line per node. */
function readable({ nodes, ...rest }: ReturnType<typeof bodyOf>): string {
  const fields = Object.entries(rest).map(([name, value]) => `  "${name}": ${JSON.stringify(value)},`);
  const lines = nodes.map((node) => `    ${JSON.stringify(node)}`).join(",\n");
  return `{\n${fields.join("\n")}\n  "nodes": [\n${lines}\n  ]\n}`;
}
