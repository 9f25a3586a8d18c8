import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { environments, nodes } from "#drizzle/schema/index.ts";
import { cookieSecret } from "#lib/auth/cookies.ts";
import { beginWebSession } from "#lib/auth/sessions.ts";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import { db } from "#lib/db/client.ts";
import { serveByPath } from "#lib/gateway/by-path.ts";
import { environmentKeyPlace } from "#lib/model/places.ts";
import { closeTerminals } from "#lib/terminal/serve.ts";
import { upgradeTerminal } from "#lib/terminal/upgrade.ts";
import { vault } from "#lib/vault.ts";
import type { Account } from "#tests/support/account.ts";
import { node, type Place, seedEnvironment } from "#tests/support/environment.ts";
import { startSsh } from "./ssh-server.ts";

/** The door for terminals and for logs of containers alone, on a loopback port; `isPrivate` as it is behind TLS. */
export async function startDoor({ isPrivate = true } = {}) {
  const ways = { db, isPrivate: () => isPrivate };
  const server = createServer((request, response) => {
    if (!serveByPath(ways, request, response)) response.writeHead(404).end();
  });
  server.on("upgrade", (request, socket, head) => {
    if (!upgradeTerminal(ways, request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async close() {
      await closeTerminals();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An environment whose node `web` is an SSH server of the test's, with the environment's own key. */
export async function seedShell(place: Place) {
  const [host, key] = [generateKeyPair("host"), generateKeyPair("environment")];
  const ssh = await startSsh(host, key);
  const id = await seedEnvironment(place, { nodes: [node("web"), node("later")] });
  const privateKey = vault().seal(key.privateKey, environmentKeyPlace(id));
  await db().update(environments).set({ publicKey: key.publicKey, privateKey }).where(eq(environments.id, id));
  const reached = {
    state: "ready" as const,
    hostKey: host.publicKey,
    endpoints: { 22: { host: "127.0.0.1", port: ssh.port } },
  };
  const seat = (change: Partial<typeof nodes.$inferInsert>) =>
    db().update(nodes).set(change).where(eq(nodes.environmentId, id));
  await seat(reached);
  await db().update(nodes).set({ state: "booting", endpoints: {} }).where(eq(nodes.name, "later"));
  return { id, ssh, seat, path: `/environments/${id}/nodes/web/terminal` };
}

/** The cookie of a browser that has logged in. */
export async function cookieOf({ ctx }: Account): Promise<{ cookie: string; sessionId: string }> {
  const sessionId = await beginWebSession(db(), { userId: ctx.user.id, organisationId: ctx.organisation.id });
  const value = await encode({ token: { sub: ctx.user.id, sessionId }, secret: cookieSecret() });
  return { cookie: `next-auth.session-token=${value}`, sessionId };
}
