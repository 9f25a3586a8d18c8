/**
 * Writes the Docker endpoint's process as one file: Node holds a third of the memory for it that it holds for the
 * thousand modules it is made of. Throws what esbuild throws.
 */
export async function bundleEndpoint(root, file) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: ["lib/bin/docker-endpoint.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    // Libraries of the older kind ask for each other by it.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
}
