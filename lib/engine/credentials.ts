import { eq } from "drizzle-orm";
import { credentials } from "#drizzle/schema/index.ts";
import { type Credentials, credentialsFor } from "#lib/bootstrap/credentials.ts";
import type { PackageName } from "#lib/bootstrap/package.ts";
import type { Database } from "#lib/db/client.ts";
import { credentialPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
import type { NodeRow } from "./types.ts";

/** What a node's packages log in with: kept where there is one, generated and sealed where there is none. */
export function ensureCredentials(db: Database, node: NodeRow): Promise<Credentials> {
  return db.transaction(async (tx) => {
    const rows = await tx.select().from(credentials).where(eq(credentials.nodeId, node.id)).for("no key update");
    const existing = Object.fromEntries(
      rows.map(({ package: name, username, database, password }) => {
        const opened = vault().open(password, credentialPlace(node.id, name));
        return [name, { username, password: opened, ...(database ? { database } : {}) }];
      }),
    ) as Credentials;
    const wanted = credentialsFor(node.packages as PackageName[], existing);
    for (const [name, { username, password, database }] of Object.entries(wanted)) {
      const sealed = vault().seal(password, credentialPlace(node.id, name));
      const row = { nodeId: node.id, package: name, username, database: database ?? null, password: sealed };
      await tx.insert(credentials).values(row).onConflictDoNothing();
    }
    return wanted;
  });
}
