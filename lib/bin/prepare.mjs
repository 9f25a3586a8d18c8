import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { lock } from "#lib/lock.mjs";
import { build, buildFolder, built } from "./build.mjs";
import { install, installed } from "./install.mjs";
import { productNode } from "./node.mjs";

/** How long one start waits for another's install and build. */
const PATIENCE_MS = 15 * 60_000;

/**
 * For a Node that serves: V8 keeps garbage in half the room that it would take, which costs no time that shows and
 * saves a quarter of the memory.
 */
export const nodeFlags = ["--max-semi-space-size=16"];

/**
 * Brings the dependencies, and the production build where `wantBuild`, to what the sources say; answers the Node to run
 * and the build's folder. At most one process per clone installs or builds at a time. Throws an Error for a person.
 */
export async function prepare(root, wantBuild) {
  const ready = () => installed(root) && (!wantBuild || built(root, buildFolder(root)));
  if (!ready()) {
    const folder = join(root, ".cloudhero-start");
    mkdirSync(folder, { recursive: true });
    const held = await lock(join(folder, "lock"), PATIENCE_MS, (holder) =>
      console.log(`Process ${holder} installs or builds here already; waiting for it …`),
    );
    try {
      if (!installed(root)) await install(root);
      const folder = buildFolder(root);
      if (wantBuild && !built(root, folder)) await build(root, productNode(root), folder);
    } finally {
      held.release();
    }
  }
  return { node: productNode(root), folder: buildFolder(root) };
}
