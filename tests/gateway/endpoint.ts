// The Docker endpoint in a process of its own, so that its memory can be told from others': tells its port to the
// process that spawned it, and ends with it.
import type { AddressInfo } from "node:net";
import { loadConfig } from "#lib/config.ts";
import { db } from "#lib/db/client.ts";
import { dockerEndpoint } from "#lib/gateway/listener.ts";

const { server } = await dockerEndpoint(db, loadConfig(process.env));
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit(0));
