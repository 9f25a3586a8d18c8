import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { conflict } from "#lib/errors.ts";
import { isCluster } from "#lib/model/cluster.ts";
import { environmentRows } from "../environments/get.ts";

/** A Docker cluster whose containers may be entered. Throws "conflict" where it is none, or is being deleted. */
export async function execCluster(ctx: Context, id: string): Promise<{ environment: string }> {
  requireRole(ctx, "operator");
  const { environment, nodes } = await environmentRows(ctx, id);
  const { name } = environment;
  if (environment.wish === "delete")
    throw conflict(`${name} is being deleted: its containers cannot be entered any more.`);
  if (!isCluster(nodes))
    throw conflict(`${name} is not a Docker cluster: not all of its nodes have the package docker.`);
  return { environment: name };
}
