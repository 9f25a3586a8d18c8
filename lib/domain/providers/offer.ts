import { config } from "#lib/config.ts";
import type { Context } from "#lib/context.ts";
import { includesRole } from "#lib/model/roles.ts";
import { practiceClouds } from "#lib/practice.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import { openProvider } from "#lib/providers/registry.ts";
import { listProviders } from "./get.ts";
import { mayUseOwnEngine } from "./own-engine.ts";

const timeoutMs = 2_000;

/** This machine's own Docker engine, where it answers and the organisation may add it and has no provider yet; else null. */
export async function dockerOffer(ctx: Context): Promise<{ host: string; name: string } | null> {
  const { dockerHost } = config();
  if (!dockerHost || !includesRole(ctx.role, "admin") || !(await mayUseOwnEngine(ctx))) return null;
  if ((await listProviders(ctx)).length > 0) return null;
  const engine = openProvider("docker", { host: dockerHost, origin: "ours" });
  const identity = await engine.verify(AbortSignal.timeout(timeoutMs)).catch(() => null);
  return identity && { host: dockerHost, name: identity.account };
}

/** The types whose practice clouds run on this machine, and that the organisation may add and has not; none else. */
export async function practiceOffers(ctx: Context): Promise<ProviderType[]> {
  const clouds = practiceClouds()?.clouds;
  if (!clouds || !includesRole(ctx.role, "admin") || !(await mayUseOwnEngine(ctx))) return [];
  const known = (await listProviders(ctx)).filter(({ simulated }) => simulated).map(({ type }) => type);
  return (Object.keys(clouds) as ProviderType[]).filter((type) => !known.includes(type));
}
