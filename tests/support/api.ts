import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { dispatch } from "#lib/bin/dispatch.ts";
import { loadRoutes } from "#lib/bin/routes.ts";

/** The API on a loopback port of its own, without the pages; its database is DATABASE_URL's. */
export async function startApi(port = 0): Promise<{ url: string; close(): Promise<void> }> {
  const table = await loadRoutes(join(import.meta.dirname, "../../app/(api)"));
  const server = createServer(dispatch(table, (_, response) => void response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
