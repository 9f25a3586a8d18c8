import { asc, eq } from "drizzle-orm";
import { credentials } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import { getPackage, portsOf } from "#lib/bootstrap/catalogue.ts";
import type { PackageName } from "#lib/bootstrap/package.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { notFound } from "#lib/errors.ts";
import { slug } from "#lib/model/names.ts";
import { credentialPlace } from "#lib/model/places.ts";
import { reach } from "#lib/model/reach.ts";
import { vault } from "#lib/vault.ts";
import { environmentRows } from "./get.ts";
import type { NodeRow } from "./view.ts";

export type NodeCredential = {
  package: PackageName;
  username: string;
  password: string;
  database: string | null;
  host: string | null;
  port: number;
  connectionString: string | null;
  internalConnectionString: string;
};

/** What a node's databases were given to log in with; each look is audited. */
export function nodeCredentials(ctx: Context, id: string, name: string): Promise<NodeCredential[]> {
  requireRole(ctx, "operator");
  return ctx.db.transaction(async (tx) => {
    const { nodes } = await environmentRows({ ...ctx, db: tx }, id);
    const node = nodes.find((candidate) => candidate.name === name);
    if (!node) throw notFound(`The node ${name}`);
    const rows = await tx
      .select()
      .from(credentials)
      .where(eq(credentials.nodeId, node.id))
      .orderBy(asc(credentials.package));
    await recordAudit(tx, ctx, "credentials.read", id, { node: name });
    return rows.filter((row) => node.packages.includes(row.package)).map((row) => present(node, row));
  });
}

function present(node: NodeRow, row: typeof credentials.$inferSelect): NodeCredential {
  const name = row.package as PackageName;
  const port = portsOf(node.packages as PackageName[])[name]?.[0] ?? 0;
  const password = vault().open(row.password, credentialPlace(node.id, name));
  const credential = { username: row.username, password, ...(row.database ? { database: row.database } : {}) };
  const { login } = getPackage(name);
  const outside = reach(node, port);
  const string = (address: { host: string; port: number }) => login?.connectionString(address, credential) ?? "";
  return {
    package: name,
    username: row.username,
    password,
    database: row.database,
    host: outside?.host ?? null,
    port: outside?.port ?? port,
    connectionString: outside && string(outside),
    internalConnectionString: string({ host: slug(node.name), port }),
  };
}
