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
    // Names stay as they are: a stack tells them.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    plugins: [poolOfUndici(root)],
    logLevel: "error",
  });
}

/** Of undici the endpoint uses the pool; all of it takes 10 MiB more. What else is asked of it fails the build. */
const poolOfUndici = (root) => ({
  name: "undici's pool",
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, () => ({ path: "undici", namespace: "pool" }));
    build.onLoad({ filter: /^undici$/, namespace: "pool" }, () => ({
      contents: 'export { default as Pool } from "undici/lib/dispatcher/pool.js";',
      resolveDir: root,
    }));
  },
});
