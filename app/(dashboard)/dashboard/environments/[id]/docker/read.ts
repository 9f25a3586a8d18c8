import { notFound } from "next/navigation";
import type { Context } from "#lib/context.ts";
import type { EnvironmentView } from "#lib/domain/environments/view.ts";
import { AppError } from "#lib/errors.ts";
import { includesRole } from "#lib/model/roles.ts";
import { readEnvironment } from "../read.ts";

export type ClusterPage<T> = {
  ctx: Context;
  environment: EnvironmentView;
  mayAct: boolean;
  /** What was read; null where the cluster could not be asked, for the reason in `problem`. */
  found: T | null;
  problem: string | null;
};

/** What a page of a cluster shows. A cluster that does not answer is no error of the page: it is what the page says. */
export async function readCluster<T>(
  id: string,
  tab: string,
  read: (ctx: Context) => Promise<T>,
): Promise<ClusterPage<T>> {
  const { ctx, environment } = await readEnvironment(id, tab ? `docker/${tab}` : "docker");
  const page = { ctx, environment, mayAct: includesRole(ctx.role, "operator") };
  try {
    return { ...page, found: await read(ctx), problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "not_found") notFound();
    return { ...page, found: null, problem: error.message };
  }
}
