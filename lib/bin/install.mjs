import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const stampOf = (root) => join(root, "node_modules", ".cloudhero-installed");

const hashOf = (root) =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(platform())
    .digest("hex");

const platform = () => `${process.platform} ${process.arch}`;

/** Whether node_modules holds what package-lock.json names for this machine. */
export function installed(root) {
  const stamp = stampOf(root);
  const hash = hashOf(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return true;
  if (!matchesLock(root)) return false;
  writeFileSync(stamp, hash);
  return true;
}

/** Installs what package-lock.json names, with npm's own output on errors only. Throws an Error when npm fails. */
export async function install(root) {
  console.log("Installing dependencies: node_modules does not match package-lock.json (npm ci, a minute or two) …");
  const words = ["ci", "--no-audit", "--no-fund", "--include=dev", "--include=optional", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const [command, ...rest] = npm ? [process.execPath, npm, ...words] : ["npm", ...words];
  const code = await run(command, rest, { cwd: root });
  if (code !== 0) throw new Error(`npm ci failed (${code}); its own words are above.`);
  writeFileSync(stampOf(root), hashOf(root));
}

/** Runs a command with our terminal; answers its exit code, or the signal that ended it. Throws when it cannot start. */
export function run(command, words, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: "inherit", ...options });
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? signal));
  });
}

/** npm writes node_modules/.package-lock.json last, so it lists what is really there after any kind of install. */
function matchesLock(root) {
  const hidden = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const have = JSON.parse(readFileSync(hidden, "utf8")).packages;
  const want = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(want).every(([path, entry]) => {
    if (path === "" || entry.link) return true;
    if (have[path]) return have[path].version === entry.version;
    return entry.optional === true && !meantForUs(path, entry);
  });
}

/** Not of packages for one C library alone: the lock does not always say which they are, but their names do. */
function meantForUs(path, entry) {
  if (!entry.os || !entry.cpu || entry.libc || /musl/.test(path)) return false;
  return entry.os.includes(process.platform) && entry.cpu.includes(process.arch);
}
