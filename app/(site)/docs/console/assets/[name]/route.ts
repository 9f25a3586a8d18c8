import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What the console is made of, as its package brings it: nothing is fetched from elsewhere, nothing is built twice. */
const types: Record<string, string> = {
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
};
const yearSeconds = 365 * 24 * 60 * 60;

/** The address carries the package's version, so that a browser may keep the file for ever. */
export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const { name } = await params;
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (!type) return new Response("There is no such file.", { status: 404 });
  const file = await readFile(join(process.cwd(), "node_modules/swagger-ui-dist", name));
  const headers = { "content-type": type, "cache-control": `public, max-age=${yearSeconds}, immutable` };
  return new Response(new Uint8Array(file), { headers });
}
