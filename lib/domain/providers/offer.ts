import { config } from "#lib/config.ts";
import type { Context } from "#lib/context.ts";
import { includesRole } from "#lib/model/roles.ts";
import { openProvider } from "#lib/providers/registry.ts";
import { listProviders } from "./get.ts";
import { isFirstAccount } from "./verify.ts";

const timeoutMs = 2_000;

/** This machine's own Docker engine, where it answers and the organisation may add it and has no provider yet; else null. */
export async function dockerOffer(ctx: Context): Promise<{ host: string; name: string } | null> {
  const { dockerHost, dockerShared } = config();
  if (!dockerHost || !includesRole(ctx.role, "admin")) return null;
  if (!dockerShared && !(await isFirstAccount(ctx))) return null;
  if ((await listProviders(ctx)).length > 0) return null;
  const engine = openProvider("docker", { host: dockerHost, origin: "ours" });
  const identity = await engine.verify(AbortSignal.timeout(timeoutMs)).catch(() => null);
  return identity && { host: dockerHost, name: identity.account };
}
