// Keeps every kind of stream open through the endpoint, on engines of its own, while nothing is said for as long as it is
// told, and holds that each is alive afterwards. Root, with Docker.
//   npm run quiet:gateway -- --minutes 15
import { parseArgs } from "node:util";
import { startStore } from "#tests/support/store.ts";
import { makeCluster } from "./cluster.ts";
import { startEndpoint } from "./fronts.ts";
import { quietStreams } from "./quiet.ts";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "15" } } });

const store = await startStore();
const cluster = await makeCluster("10.98.9", ["alpha", "beta", "gamma"]);
const endpoint = await startEndpoint();
try {
  const client = await cluster.clientFor(endpoint.port, cluster.owner);
  console.log(`after ${values.minutes} quiet minutes:`, await quietStreams(client, Number(values.minutes) * 60_000));
} finally {
  await endpoint.stop();
  await cluster.stop();
  await store.stop();
}
