import { eq } from "drizzle-orm";
import { providers } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { SshTarget } from "#lib/bootstrap/ssh/connect.ts";
import type { Context } from "#lib/context.ts";
import { conflict, notFound } from "#lib/errors.ts";
import { environmentKeyPlace } from "#lib/model/places.ts";
import { reach } from "#lib/model/reach.ts";
import type { NodeState } from "#lib/model/states.ts";
import { vault } from "#lib/vault.ts";
import { environmentRows } from "./get.ts";

const loginTimeoutMs = 15_000;

/** In these a server takes log-ins, if it has come that far; one that failed is looked into by a shell. */
const open: ReadonlySet<NodeState> = new Set(["installing", "ready", "failed"]);

export type ShellNode = {
  environment: string;
  node: string;
  /** How its server is logged in to; opens the environment's key. */
  target(): Promise<Omit<SshTarget, "signal">>;
};

/** A node that a shell can be had on now. Throws "conflict", which says why there is none. */
export async function shellNode(ctx: Context, id: string, name: string): Promise<ShellNode> {
  requireRole(ctx, "operator");
  const { environment, nodes } = await environmentRows(ctx, id);
  const node = nodes.find((candidate) => candidate.name === name);
  if (!node) throw notFound(`The node ${name}`);
  if (environment.wish === "delete")
    throw conflict(`${environment.name} is being deleted: there is no shell any more.`);
  const endpoint = reach(node, 22);
  const { hostKey } = node;
  const { privateKey } = environment;
  if (!open.has(node.state) || !endpoint || !hostKey || !privateKey)
    throw conflict(`${name} is ${node.state}: a shell opens once its server runs and can be logged in to.`);
  return {
    environment: environment.name,
    node: name,
    async target() {
      const [provider] = await ctx.db
        .select({ settings: providers.settings })
        .from(providers)
        .where(eq(providers.id, environment.providerId));
      return {
        ...endpoint,
        // A tenant's own engine is reached where that tenant said; its servers are too.
        origin: provider?.settings.origin === "tenant" ? "tenant" : "ours",
        username: "cloudhero",
        privateKey: vault().open(privateKey, environmentKeyPlace(environment.id)),
        acceptHostKeys: [hostKey],
        timeoutMs: loginTimeoutMs,
      };
    },
  };
}
