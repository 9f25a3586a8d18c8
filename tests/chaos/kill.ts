// Kills the server, Postgres and the Docker engine with -9 while environments are made, and holds that all come to
// run, each node once, and that nothing is left after the delete.
//   npm run chaos -- --seed 7 --environments 5 --nodes 4 --kills 20
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Client, EnvironmentAnswer } from "./client.ts";
import { copyImages, type Engine, startEngine } from "./engine.ts";
import { makeNamespace, rerunInside } from "./namespace.ts";
import { seeded } from "./random.ts";
import { makeServer, type Server } from "./server.ts";
import { account, killAt, making, rest } from "./story.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 100_000) },
    environments: { type: "string", default: "5" },
    nodes: { type: "string", default: "4" },
    kills: { type: "string", default: "20" },
  },
});
const seed = Number(values.seed);
const random = seeded(seed);
const wanted = { environments: Number(values.environments), nodes: Number(values.nodes), kills: Number(values.kills) };

if (!process.env.CLOUDHERO_CHAOS_INSIDE) {
  const namespace = makeNamespace("cloudhero-chaos", 7);
  const status = rerunInside(namespace, { CLOUDHERO_CHAOS_INSIDE: "1", CLOUDHERO_CHAOS_SEED: String(seed) });
  namespace.remove();
  process.exit(status);
}

const folder = mkdtempSync("/var/tmp/cloudhero-chaos-");
const engine = await startEngine(folderIn("engine"));
copyImages(engine, ["debian:12", "cloudhero/node"]);
const server = await makeServer(folderIn("data"), 8080, { CLOUDHERO_DOCKER_HOST: engine.host });
let failed = false;
try {
  await story(server, engine);
} catch (error) {
  failed = true;
  console.error(error);
} finally {
  await server.stop();
  if (!failed) for (const id of lines(engine, "ps", "-aq")) engine.docker("rm", "-f", id);
  await engine.stop();
  if (!failed) removeFolder(folder);
}
console.log(failed ? `FAILED with --seed ${seed}; see ${folder}` : `held with --seed ${seed}`);
process.exit(failed ? 1 : 0);

async function story(server: Server, engine: Engine): Promise<void> {
  console.log(
    `seed ${seed}: ${wanted.environments} environments of ${wanted.nodes} nodes, ${wanted.kills} kills of the server`,
  );
  await server.start();
  const { script, make } = await account(server.url, engine.host, wanted, random);
  const killed = await killWhileMaking(server, script, make);
  await killPostgres(server, script);
  await killEngine(engine);
  const running = await rest(script, "running");
  holdOnce(engine, running);
  for (const [verb, moving, reached] of [
    ["stop", "stopping", "stopped"],
    ["start", "starting", "running"],
  ] as const) {
    for (const { id } of running) await script.send("POST", `/environments/${id}/${verb}`);
    killed.push(await killAt(server, script, moving, random));
    holdOnce(engine, await rest(script, reached));
  }
  for (const { id } of running) await script.send("DELETE", `/environments/${id}`);
  killed.push(await killAt(server, script, "deleting", random));
  await rest(script, "deleted");
  holdNothing(engine);
  console.log(`killed the server ${killed.length} times, at: ${tally(killed)}; ${server.starts} starts`);
}

/** Each phase of making once, an environment made for each while there are any left; then wherever it happens to be. */
async function killWhileMaking(server: Server, script: Client, make: () => Promise<boolean>): Promise<string[]> {
  const killed: string[] = [];
  for (const phase of making) {
    await make();
    killed.push(await killAt(server, script, phase, random));
  }
  while (await make());
  while (killed.length < wanted.kills - 3) killed.push(await killAt(server, script, "any", random));
  return killed;
}

async function killPostgres(server: Server, script: Client): Promise<void> {
  process.kill(server.postmaster(), "SIGKILL");
  console.log("  killed Postgres");
  await script.environments();
}

async function killEngine(engine: Engine): Promise<void> {
  engine.kill();
  console.log("  killed the Docker engine");
  await sleep(1_000 + random() * 4_000);
  await engine.start();
}

/** Containers are the wished nodes, each name once. */
function holdOnce(engine: Engine, environments: EnvironmentAnswer[]): void {
  const wished = environments.flatMap(({ nodes }) => nodes.map(({ hostname }) => hostname)).sort();
  const there = lines(engine, "ps", "-a", "--format", "{{.Names}}").sort();
  if (wished.length !== wanted.environments * wanted.nodes) throw new Error(`${wished.length} nodes are wished`);
  if (JSON.stringify(wished) !== JSON.stringify(there))
    throw new Error(`wished ${wished.join(" ")}\nfound ${there.join(" ")}`);
}

function holdNothing(engine: Engine): void {
  const left = [
    ...lines(engine, "ps", "-aq"),
    ...lines(engine, "volume", "ls", "-q"),
    ...lines(engine, "network", "ls", "-q", "--filter", "type=custom"),
  ];
  if (left.length > 0) throw new Error(`left behind: ${left.join(" ")}`);
}

function lines(engine: Engine, ...args: string[]): string[] {
  const output = engine.docker(...args);
  return output.split("\n").filter(Boolean);
}

function tally(states: string[]): string {
  return Object.entries(Object.groupBy(states, (state) => state))
    .map(([state, all]) => `${state} ${all?.length}`)
    .join(", ");
}

function folderIn(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { mode: 0o755 });
  return path;
}

/** With what a killed engine left mounted in it. */
function removeFolder(path: string): void {
  const mounted = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .flatMap((line) => line.split(" ")[1] ?? []);
  for (const mount of mounted.filter((place) => place.startsWith(path)).reverse()) spawnSync("umount", ["-l", mount]);
  rmSync(path, { recursive: true, force: true });
}
