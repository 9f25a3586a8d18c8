import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lock, tryLock } from "#lib/lock.mjs";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cloudhero-lock-"));
  file = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function other(program: string) {
  const words = [
    "--input-type=module",
    "-e",
    `import { lock, tryLock } from "#lib/lock.mjs"; ${program}`,
    file,
    folder,
  ];
  return spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
}

test("a living holder keeps its lock, and is named", async () => {
  const holder = other("tryLock(process.argv[1]); console.log('held'); setInterval(() => {}, 1000);");
  await once(holder.stdout!, "data");
  expect(tryLock(file)).toEqual({ holder: holder.pid });
  await expect(lock(file, 100, () => {})).rejects.toThrow(`Process ${holder.pid} has held`);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(tryLock(file)).toHaveProperty("release");
});

test("a lock of a process number that lives again as somebody else is nobody's", () => {
  writeFileSync(file, `${process.pid} another-boot 1\n`);
  expect(tryLock(file)).toHaveProperty("release");
});

test("release frees the lock, leaves no other file, and takes nobody else's", () => {
  const held = tryLock(file) as { release(): void };
  held.release();
  expect(readdirSync(folder)).toEqual([]);
  tryLock(file);
  const content = readFileSync(file, "utf8");
  writeFileSync(file, "1 somebody else\n");
  held.release();
  expect(readFileSync(file, "utf8")).not.toBe(content);
});

test("of eight processes that find a stale lock at once, one at a time is inside", async () => {
  writeFileSync(file, "999999999 gone\n");
  const program = `
    import { rmSync, writeFileSync } from "node:fs";
    for (let turn = 0; turn < 5; turn++) {
      const held = await lock(process.argv[1], 30000, () => {});
      writeFileSync(process.argv[2] + "/inside", "", { flag: "wx" });
      rmSync(process.argv[2] + "/inside");
      held.release();
    }`;
  const codes = await Promise.all(Array.from({ length: 8 }, () => once(other(program), "exit")));
  expect(codes.map(([code]) => code)).toEqual(Array(8).fill(0));
}, 60_000);
