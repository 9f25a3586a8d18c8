// Measures the Docker endpoint beside an engine reached directly and one behind HAProxy, in one run, on engines of its
// own. Root, with Docker installed, and haproxy and nginx, or what there is of them; some 4 GiB of disk.
//   npm run bench:gateway -- --rounds 3
import { parseArgs } from "node:util";
import { startStore } from "#tests/support/store.ts";
import { benchGateway, describeBench, goalsOf } from "./bench-run.ts";
import { makeCluster } from "./cluster.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "20000" },
    "copy-mib": { type: "string", default: "2048" },
    "logs-mib": { type: "string", default: "1024" },
    streams: { type: "string", default: "200" },
    "stream-mib": { type: "string", default: "8" },
    rounds: { type: "string", default: "3" },
  },
});

const store = await startStore();
const cluster = await makeCluster("10.98.7", ["alpha", "beta", "gamma"]);
try {
  const figures = await benchGateway(cluster, {
    requests: Number(values.requests),
    copyMiB: Number(values["copy-mib"]),
    logsMiB: Number(values["logs-mib"]),
    streams: Number(values.streams),
    streamMiB: Number(values["stream-mib"]),
    rounds: Number(values.rounds),
  });
  console.log(describeBench(figures));
  if (goalsOf(figures).some(({ reached }) => !reached)) process.exitCode = 1;
} finally {
  await cluster.stop();
  await store.stop();
}
