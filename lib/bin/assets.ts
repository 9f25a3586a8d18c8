import { createReadStream, readdirSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream";

const prefix = "/_next/static/";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
  ".ico": "image/x-icon",
  ".png": "image/png",
};

/** The forms in which a file lies in the build, the smallest first. */
const codings = [
  { name: "br", ending: ".br" },
  { name: "gzip", ending: ".gz" },
  { name: "identity", ending: "" },
];

type Form = { coding: string; path: string; bytes: number };
type Asset = { type: string; forms: Form[] };
type ServeAsset = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Answers a build's own scripts, styles and fonts, in the smallest form that the browser takes; says whether it did.
 * Their names change with their content, so they are kept for a year.
 */
export function assetServer(build: string): ServeAsset {
  const assets = listAssets(join(build, "static"));
  return (request, response) => {
    const asset = assets.get(request.url ?? "");
    if (!asset || (request.method !== "GET" && request.method !== "HEAD")) return false;
    const { coding, path, bytes } = chooseForm(asset, request.headers["accept-encoding"]);
    if (coding !== "identity") response.setHeader("content-encoding", coding);
    response.writeHead(200, {
      "content-type": asset.type,
      "content-length": bytes,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    });
    if (request.method === "HEAD") response.end();
    else pipeline(createReadStream(path), response, () => {});
    return true;
  };
}

function listAssets(folder: string): Map<string, Asset> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const sizes = new Map(
    files.map((entry) => join(entry.parentPath, entry.name)).map((path) => [path, statSync(path).size]),
  );
  const urlOf = (path: string) => `${prefix}${relative(folder, path).split(sep).map(encodeURIComponent).join("/")}`;
  const known = [...sizes.keys()].filter((path) => types[extname(path)]);
  return new Map(known.map((path) => [urlOf(path), { type: types[extname(path)]!, forms: formsOf(path, sizes) }]));
}

function formsOf(path: string, sizes: Map<string, number>): Form[] {
  const all = codings.map(({ name, ending }) => ({
    coding: name,
    path: path + ending,
    bytes: sizes.get(path + ending),
  }));
  return all.filter((form): form is Form => form.bytes !== undefined);
}

function chooseForm({ forms }: Asset, accepted = ""): Form {
  const taken = accepted.split(",").map((one) => one.trim());
  return forms.find(({ coding }) => taken.some((one) => accepts(one, coding))) ?? forms.at(-1)!;
}

/** "br" and "br;q=0.8" accept br; "br;q=0" does not. */
function accepts(one: string, name: string): boolean {
  const [coding, quality] = one.split(/\s*;\s*q=/);
  return coding === name && Number(quality ?? 1) > 0;
}
