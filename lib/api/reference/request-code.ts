import { pretty } from "./pretty.ts";

export const languages = ["shell", "python", "javascript"] as const;
export type Language = (typeof languages)[number];
export const languageTitles: Record<Language, string> = {
  shell: "Shell",
  python: "Python",
  javascript: "JavaScript",
};

export type ExampleRequest = {
  method: string;
  url: string;
  body?: unknown;
  /** Of the answer. */
  media: string;
  /** Whether it takes no token. */
  open: boolean;
};

/** The variable in which every example finds the reader's token: none is ever shown. */
export const tokenVariable = "CLOUDHERO_TOKEN";

/** The same request in each language; each runs as it stands, with the token in its variable. */
export function requestCode(request: ExampleRequest): Record<Language, string> {
  return { shell: shell(request), python: python(request), javascript: javascript(request) };
}

/** A text as one word of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function shell({ method, url, body, media, open }: ExampleRequest): string {
  const way = media === "text/event-stream" ? "curl -N" : method === "GET" ? "curl" : `curl -X ${method}`;
  const lines = [
    `${way} "${url}"`,
    ...(body === undefined ? [] : ['-H "Content-Type: application/json"']),
    ...(open ? [] : [`-H "Authentication-Token: $${tokenVariable}"`]),
    ...(body === undefined ? [] : [`-d ${quoted(pretty(body, "json", 2))}`]),
    ...(media === "application/x-tar" ? ["-o staging.tar"] : []),
  ];
  return lines.join(" \\\n  ");
}

function python({ method, url, body, media, open }: ExampleRequest): string {
  const isStream = media === "text/event-stream";
  const words = [
    `"${url}"`,
    ...(open ? [] : [`headers={"Authentication-Token": os.environ["${tokenVariable}"]}`]),
    ...(body === undefined ? [] : [`json=${pretty(body, "python", 4)}`]),
    ...(isStream ? ["stream=True"] : []),
  ];
  const imports = [...(open ? [] : ["import os"]), "import requests"];
  const call = `answer = requests.${method.toLowerCase()}(\n    ${words.join(",\n    ")},\n)`;
  return `${imports.join("\n")}\n\n${call}\n${pythonEnds[media] ?? "print(answer.json())"}`;
}

const pythonEnds: Record<string, string> = {
  "text/event-stream": "for line in answer.iter_lines(decode_unicode=True):\n    print(line)",
  "text/plain": "print(answer.text)",
  "text/csv": "print(answer.text)",
  "application/x-tar": 'open("staging.tar", "wb").write(answer.content)',
};

function javascript({ method, url, body, media, open }: ExampleRequest): string {
  const headers = [
    ...(body === undefined ? [] : ['"Content-Type": "application/json"']),
    ...(open ? [] : [`"Authentication-Token": process.env.${tokenVariable}`]),
  ];
  const options = [
    ...(method === "GET" ? [] : [`method: "${method}"`]),
    ...(headers.length === 0 ? [] : [`headers: ${block(headers)}`]),
    ...(body === undefined ? [] : [`body: JSON.stringify(${pretty(body, "javascript", 2)})`]),
  ];
  const imports = media === "application/x-tar" ? 'import { writeFile } from "node:fs/promises";\n\n' : "";
  const words = options.length === 0 ? "" : `, {\n  ${options.join(",\n  ")},\n}`;
  const end = javascriptEnds[media] ?? "console.log(JSON.stringify(await answer.json(), null, 2));";
  return `${imports}const answer = await fetch("${url}"${words});\n${end}`;
}

const block = (lines: string[]) =>
  lines.length === 1 ? `{ ${lines[0]} }` : `{\n${lines.map((line) => `    ${line},\n`).join("")}  }`;

const javascriptEnds: Record<string, string> = {
  "text/event-stream":
    "const decoder = new TextDecoder();\nfor await (const bytes of answer.body) process.stdout.write(decoder.decode(bytes, { stream: true }));",
  "text/plain": "console.log(await answer.text());",
  "text/csv": "console.log(await answer.text());",
  "application/x-tar": 'await writeFile("staging.tar", new Uint8Array(await answer.arrayBuffer()));',
};
