import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";

const MANIFEST = "page_client-reference-manifest.js";

/** Pages that are not opened, but stand in for one. */
const STAND_INS = /\/(not-found|forbidden|unauthorized)$/;

/**
 * The script that each page of a build loads at first, in bytes as brotli sends them, by Next's own manifests; largest
 * first. `folder` is a whole build whose static files are compressed.
 */
export function pageSizes(folder) {
  const { rootMainFiles } = JSON.parse(readFileSync(join(folder, "build-manifest.json"), "utf8"));
  const bytesOf = (file) => {
    const compressed = join(folder, `${file}.br`);
    return statSync(existsSync(compressed) ? compressed : join(folder, file)).size;
  };
  const app = join(folder, "server/app");
  const manifests = readdirSync(app, { withFileTypes: true, recursive: true }).filter(({ name }) => name === MANIFEST);
  const pages = manifests.flatMap((entry) => readManifest(join(entry.parentPath ?? entry.path, MANIFEST)));
  return pages
    .map(({ page, files }) => ({ page, bytes: sum([...new Set([...rootMainFiles, ...files])].map(bytesOf)) }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** Prints the sizes as `next build` once did. */
export function printPageSizes(folder) {
  console.log("Script that a page loads at first, compressed:");
  for (const { page, bytes } of pageSizes(folder))
    console.log(`  ${(bytes / 1000).toFixed(1).padStart(6)} kB  ${page}`);
}

/** The manifest is a script that fills one global. */
function readManifest(path) {
  const context = { globalThis: {} };
  runInNewContext(readFileSync(path, "utf8"), context);
  return Object.entries(context.globalThis.__RSC_MANIFEST ?? {})
    .filter(([page]) => !page.startsWith("/_"))
    .map(([page, { entryJSFiles }]) => {
      const used = Object.entries(entryJSFiles).filter(([entry]) => !STAND_INS.test(entry));
      return { page: page.replaceAll(/\/\([^)]*\)|\/page$/g, "") || "/", files: used.flatMap(([, files]) => files) };
    });
}

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
