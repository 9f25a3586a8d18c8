// Makes and deletes environments through the whole product while three in ten of all cloud calls fail, half of them
// after their effect, and holds at every rest point that servers = wish. Root, for port 22 of each server's address.
//   npm run faults -- --environments 200 --seed 7 --cloud both
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startWorker } from "#lib/bin/worker.ts";
import { closeDatabase, db } from "#lib/db/client.ts";
import { startEmbeddedPostgres } from "#lib/db/embedded.ts";
import { ensureInstallation } from "#lib/db/installation.ts";
import { migrate } from "#lib/db/migrate.ts";
import { closeSender, installQueues } from "#lib/queue/boss.ts";
import { vault } from "#lib/vault.ts";
import { startApi } from "#tests/support/api.ts";
import { faultyDigitalOcean, faultyEc2 } from "./fault-clouds.ts";
import { describeRun, faultRun } from "./fault-run.ts";

const { values } = parseArgs({
  options: {
    environments: { type: "string", default: "200" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    cloud: { type: "string", default: "both" },
    "at-once": { type: "string", default: "20" },
  },
});
const run = {
  environments: Number(values.environments),
  seed: Number(values.seed),
  atOnce: Number(values["at-once"]),
};
const clouds = { ec2: faultyEc2, digital_ocean: faultyDigitalOcean };

const folder = mkdtempSync(join(tmpdir(), "cloudhero-faults-"));
const postgres = await startEmbeddedPostgres(folder);
Object.assign(process.env, {
  DATABASE_URL: postgres.url,
  CLOUDHERO_SECRET: "a secret of this run, long enough to be one",
  CLOUDHERO_DIAL_ALLOW: "127.0.0.0/8",
  CLOUDHERO_LOG_LEVEL: "fatal",
});
await migrate(postgres.url);
await installQueues(postgres.url);
await ensureInstallation(db(), vault().keyId);
const api = await startApi();
const worker = await startWorker();
try {
  for (const [name, start] of Object.entries(clouds)) {
    if (values.cloud !== "both" && values.cloud !== name) continue;
    const cloud = await start();
    const seen = await faultRun(api, cloud, run);
    await cloud.close();
    console.log(describeRun(name, run, seen));
    for (const trouble of [...seen.troubles, ...seen.left.map((id) => `left: ${id}`)]) console.log(`  ${trouble}`);
    if (seen.troubles.length + seen.left.length > 0) process.exitCode = 1;
  }
} finally {
  await api.close();
  await worker.stop();
  await closeSender();
  await closeDatabase();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
