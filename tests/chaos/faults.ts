// Makes and deletes environments through the whole product while three in ten of all cloud calls fail, half of them
// after their effect, and holds at every rest point that servers = wish. Root, for port 22 of each server's address.
//   npm run faults -- --environments 200 --seed 7 --cloud both
import { parseArgs } from "node:util";
import { startWorker } from "#lib/bin/worker.ts";
import { startApi } from "#tests/support/api.ts";
import { startStore } from "#tests/support/store.ts";
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

const store = await startStore();
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
  await store.stop();
}
