// Runs an embedded Postgres on the folder it is given, says where, and stays until it is killed.
import { startEmbeddedPostgres } from "#lib/db/embedded.ts";

const { url } = await startEmbeddedPostgres(process.argv[2]!);
process.stdout.write(`${url}\n`);
