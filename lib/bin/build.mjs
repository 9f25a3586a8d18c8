import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { bundleEndpoint } from "./bundle.mjs";
import { compressFolder } from "./compress.mjs";
import { run } from "./install.mjs";
import { printPageSizes } from "./page-sizes.mjs";

/** What a build is made of. */
const SOURCES = ["app", "components", "lib", "drizzle", "public"];
const FILES = ["next.config.js", "postcss.config.mjs", "package.json", "package-lock.json", "tsconfig.json"];

/** Builds kept beside the newest, so that a server that is still running on one does not lose it. */
const KEPT = 2;

/** Right in the root: what Next links from a build to node_modules breaks at another depth. */
const BUILD = /^\.next-[0-9a-f]{16}$/;

/** The folder, relative to `root`, that the build of the present sources has or will have. */
export function buildFolder(root) {
  const hash = createHash("sha256");
  const paths = [...SOURCES.flatMap((folder) => list(root, folder)), ...FILES].sort();
  for (const path of paths) {
    if (!existsSync(join(root, path))) continue;
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return `.next-${hash.digest("hex").slice(0, 16)}`;
}

/** Whether `folder` is a whole build: folders are renamed to their name after they are complete. */
export function built(root, folder) {
  if (!existsSync(join(root, folder))) return false;
  const now = new Date();
  utimesSync(join(root, folder), now, now);
  return true;
}

/** Builds aside, then renames: a failed build changes nothing. Throws an Error when Next fails. */
export async function build(root, node, folder) {
  console.log("Building: the sources changed since the last build (next build, a minute or less) …");
  const aside = ".next-build";
  rmSync(join(root, aside), { recursive: true, force: true });
  const environment = {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    CLOUDHERO_BUILD_FOLDER: aside,
  };
  const code = await run(node, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    env: environment,
    stdio: ["ignore", 2, 2],
  });
  if (code !== 0) throw new Error(`The build failed (${code}); earlier builds are as they were.`);
  await compressFolder(join(root, aside, "static"));
  printPageSizes(join(root, aside));
  await bundleEndpoint(root, join(root, aside, "docker-endpoint.mjs"));
  renameSync(join(root, aside), join(root, folder));
  prune(root, folder);
}

function prune(root, newest) {
  const age = (name) => statSync(join(root, name)).mtimeMs;
  const others = readdirSync(root).filter((name) => BUILD.test(name) && name !== newest);
  others.sort((a, b) => age(b) - age(a));
  for (const name of others.slice(KEPT)) rmSync(join(root, name), { recursive: true, force: true });
}

function list(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
}
