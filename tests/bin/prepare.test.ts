import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildFolder } from "#lib/bin/build.mjs";
import { installed } from "#lib/bin/install.mjs";

/** Installs `node_modules` as its lock says, with a `next` that builds (and an esbuild) unless the page says "broken"; both keep a diary. */
const NPM = `
  import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
  appendFileSync("diary", process.argv.slice(2, 3) + "\\n");
  rmSync("node_modules", { recursive: true, force: true });
  mkdirSync("node_modules/next/dist/bin", { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, 300));
  writeFileSync("node_modules/next/package.json", "{}");
  writeFileSync("node_modules/next/dist/bin/next", ${JSON.stringify(`
    const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
    appendFileSync("diary", "build\\n");
    const folder = process.env.CLOUDHERO_BUILD_FOLDER;
    for (const part of ["static", "server/app"]) mkdirSync(folder + "/" + part, { recursive: true });
    writeFileSync(folder + "/build-manifest.json", '{"rootMainFiles": []}');
    const page = readFileSync("app/page.tsx", "utf8");
    writeFileSync(folder + "/page", page);
    setTimeout(() => process.exit(page === "broken" ? 1 : 0), 300);
  `)});
  mkdirSync("node_modules/esbuild");
  writeFileSync("node_modules/esbuild/index.js", 'exports.build = async ({ outfile }) => require("node:fs").writeFileSync(outfile, "");');
  cpSync("package-lock.json", "node_modules/.package-lock.json");
`;

let clone: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "cloudhero-clone-"));
  for (const path of ["lib/bin", "lib/lock.mjs"]) cpSync(path, join(clone, path), { recursive: true });
  mkdirSync(join(clone, "app"));
  write("app/page.tsx", "first");
  write("package.json", JSON.stringify({ type: "module", imports: { "#lib/*": "./lib/*" } }));
  write("package-lock.json", lockOf("1.0.0"));
  write("npm.mjs", NPM);
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

const lockOf = (version: string) => JSON.stringify({ packages: { "": {}, "node_modules/next": { version } } });
const write = (path: string, text: string) => writeFileSync(join(clone, path), text);
const diary = () =>
  existsSync(join(clone, "diary")) ? readFileSync(join(clone, "diary"), "utf8").split("\n").slice(0, -1) : [];
const builds = () => readdirSync(clone).filter((name) => name.startsWith(".next"));

async function prepare(): Promise<{ code: number; output: string }> {
  const program = `
    import { prepare } from "${clone}/lib/bin/prepare.mjs";
    try { await prepare("${clone}", true); } catch (error) { console.log(error.message); process.exit(1); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    cwd: clone,
    env: { ...process.env, npm_execpath: join(clone, "npm.mjs") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  return { code, output };
}

test("a fresh clone installs and builds once, and a second start does neither", async () => {
  expect((await prepare()).code).toBe(0);
  expect(await prepare()).toEqual({ code: 0, output: "" });
  expect(diary()).toEqual(["ci", "build"]);
});

test("two first starts at once share one install and one build", async () => {
  const codes = await Promise.all([prepare(), prepare(), prepare()]);
  expect(codes.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(diary()).toEqual(["ci", "build"]);
});

test("a changed lock installs again; a changed source builds again; a source put back does not", async () => {
  await prepare();
  write("app/page.tsx", "second");
  await prepare();
  write("app/page.tsx", "first");
  await prepare();
  expect(diary()).toEqual(["ci", "build", "build"]);
  write("package-lock.json", lockOf("2.0.0"));
  expect(installed(clone)).toBe(false);
  await prepare();
  expect(diary()).toEqual(["ci", "build", "build", "ci", "build"]);
});

test("what npm installed by another command is not installed again", async () => {
  await prepare();
  rmSync(join(clone, "node_modules/.cloudhero-installed"));
  expect(installed(clone)).toBe(true);
});

test("an install that was cut short is done again", async () => {
  await prepare();
  rmSync(join(clone, "node_modules"), { recursive: true });
  mkdirSync(join(clone, "node_modules/next"), { recursive: true });
  expect(installed(clone)).toBe(false);
});

test("a failed build says so, and leaves the earlier one whole", async () => {
  await prepare();
  const [whole] = builds();
  write("app/page.tsx", "broken");
  expect(await prepare()).toMatchObject({ code: 1, output: expect.stringContaining("The build failed (1)") });
  expect(builds()).toEqual([whole, ".next-build"].sort());
  expect(readFileSync(join(clone, whole!, "page"), "utf8")).toBe("first");
  expect(buildFolder(clone)).not.toBe(whole);
});

test("a start that was killed while it built holds up nobody", async () => {
  mkdirSync(join(clone, ".cloudhero-start"));
  mkdirSync(join(clone, ".next-build"));
  write(".cloudhero-start/lock", "999999999 gone\n");
  expect((await prepare()).code).toBe(0);
  expect(builds()).toHaveLength(1);
});

test("the newest three builds are kept, one that is still served among them", async () => {
  for (const page of ["1", "2", "3", "4", "5"]) {
    write("app/page.tsx", page);
    await prepare();
  }
  expect(
    builds()
      .map((name) => readFileSync(join(clone, name, "page"), "utf8"))
      .sort(),
  ).toEqual(["3", "4", "5"]);
});
