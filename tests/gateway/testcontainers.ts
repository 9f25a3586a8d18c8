// What Testcontainers does with whatever engine the environment names, as lines that are the same for every engine.
import { GenericContainer, Network, Wait } from "testcontainers";

const network = await new Network().start();
let said = "";
// A restart is waited for by lines since the time that the engine notes after the program has begun: on any engine, what
// is said at once may be older.
const server = await new GenericContainer("busybox")
  .withCommand(["sh", "-c", "echo begun; sleep 2; cat /given; exec httpd -f -h /www"])
  .withCopyContentToContainer([{ content: "given\n", target: "/given" }])
  .withCopyContentToContainer([{ content: "served", target: "/www/index.html" }])
  .withNetwork(network)
  .withNetworkAliases("web")
  .withLabels({ of: "testcontainers" })
  .withWaitStrategy(Wait.forLogMessage("given"))
  .withLogConsumer((lines) => lines.on("data", (line) => (said += line)))
  .withStartupTimeout(60_000)
  .start();
const client = await new GenericContainer("busybox")
  .withCommand(["sleep", "600"])
  .withNetwork(network)
  .withEnvironment({ WORD: "told" })
  .start();

const asked = await client.exec(["sh", "-c", "wget -qO- http://web; echo $WORD; exit 3"]);
console.log("exec", asked.exitCode, JSON.stringify(asked.output));
console.log("logs", JSON.stringify(said.trim().split("\n")));
console.log("labels", server.getLabels().of);
const names = server.getNetworkNames();
// An engine gives its networks in any order.
console.log("networks", client.getNetworkNames().length, names.length, names.includes(network.getName()));
await server.restart();
console.log("restarted", (await client.exec(["wget", "-qO-", "http://web"])).output);
await client.stop();
await server.stop();
await network.stop();
console.log("stopped");
process.exit(0);
