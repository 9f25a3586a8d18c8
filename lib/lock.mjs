// Plain JavaScript without dependencies: `npm start` needs it before anything is installed, on Node 20.
import { execFileSync } from "node:child_process";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export function tryLock(file) {
  const mine = `${process.pid} ${birthOf(process.pid)}\n`;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      if (link(draft, file)) return { release: () => release(file, mine) };
      const found = read(file);
      if (found === null) continue;
      const holder = Number.parseInt(found, 10);
      if (found === `${holder} ${birthOf(holder)}\n`) return { holder };
      removeStale(file, found);
    }
    throw new Error(`${file} changes hands too quickly.`);
  } finally {
    rmSync(draft, { force: true });
  }
}

export async function lock(file, timeoutMs, onWait) {
  const deadline = Date.now() + timeoutMs;
  let told = false;
  for (;;) {
    const held = tryLock(file);
    if (!("holder" in held)) return held;
    if (Date.now() > deadline) throw new Error(`Process ${held.holder} has held ${file} for ${timeoutMs / 1000} s.`);
    if (!told) onWait(held.holder);
    told = true;
    await sleep(200);
  }
}

/** When a process was born, in words that no later process with its number repeats; null for the dead. */
function birthOf(pid) {
  try {
    if (process.platform === "linux") {
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      const [state, ...fields] = afterName(readFileSync(`/proc/${pid}/stat`, "utf8"));
      return state === "Z" || state === "X" ? null : `${boot} ${fields[18]}`;
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", timeout: 5000 }).trim() || null;
  } catch {
    return null;
  }
}

/** Fields 3 and on of /proc/PID/stat; field 2 is a name that may hold spaces and brackets. */
const afterName = (stat) => stat.slice(stat.lastIndexOf(")") + 2).split(" ");

function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/** Removes the lock that was found stale, and puts back one that somebody took in the meantime. */
function removeStale(file, stale) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (readFileSync(aside, "utf8") === stale) rmSync(aside);
  else renameSync(aside, file);
}

function release(file, mine) {
  if (read(file) === mine) rmSync(file, { force: true });
}
