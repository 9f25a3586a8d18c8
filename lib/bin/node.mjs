import { existsSync } from "node:fs";
import { join } from "node:path";

/** The first Node that runs TypeScript by stripping its types, without a flag. */
const OLDEST = [22, 18];

/** The Node that the product runs on: the one pinned in package.json, else this one where it is new enough. */
export function productNode(root) {
  const pinned = join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (existsSync(pinned)) return pinned;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return process.execPath;
  throw new Error(
    `CloudHero runs on Node ${OLDEST.join(".")} or newer. npm brings its own on 64-bit Linux; here, please install one (this is ${process.version}).`,
  );
}
