import { config } from "#lib/config.ts";
import type { Context } from "#lib/context.ts";
import { forbidden, invalid } from "#lib/errors.ts";
import { mayUseOwnEngine } from "./own-engine.ts";

/** A Docker engine's settings with who named its host: the operator's own engine is root on that machine. */
export async function dockerSettings(
  ctx: Context,
  { origin: _, ...fields }: Record<string, string>,
): Promise<Record<string, string>> {
  const { host } = fields;
  if (!host) throw invalid("host: a Docker host is needed, such as tcp://203.0.113.7:2376.", "host");
  if (host === config().dockerHost) {
    if (await mayUseOwnEngine(ctx)) return { ...fields, origin: "ours" };
    throw forbidden(
      "This engine is root on CloudHero's own machine, so it is for the first account alone; the operator opens it to all with CLOUDHERO_DOCKER_SHARED=1.",
    );
  }
  if (!host.startsWith("tcp://"))
    throw invalid("host: only tcp:// with client certificates, or the operator's own engine.", "host");
  return { ...fields, origin: "tenant" };
}
