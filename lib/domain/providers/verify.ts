import { organisations } from "#drizzle/schema/index.ts";
import { config } from "#lib/config.ts";
import type { Context } from "#lib/context.ts";
import { AppError, forbidden, invalid, type Problem } from "#lib/errors.ts";
import { ProviderError, type ProviderType } from "#lib/providers/provider.ts";
import { openProvider, providerTypes } from "#lib/providers/registry.ts";

const verifyTimeoutMs = 20_000;

/** The settings as the provider has them, tried against the cloud; throws "invalid" with the cloud's own words. */
export async function verifySettings(
  ctx: Context,
  type: ProviderType,
  fields: Record<string, string>,
): Promise<Record<string, string>> {
  const settings = await parseSettings(ctx, type, fields);
  try {
    await openProvider(type, settings).verify(AbortSignal.timeout(verifyTimeoutMs));
    return settings;
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!(error instanceof ProviderError)) throw error;
    const code = error.code === "throttled" || error.code === "internal" ? "cloud_refused" : "invalid";
    throw new AppError(code, error.message, { cause: error, field: providerTypes[type].blame });
  }
}

async function parseSettings(ctx: Context, type: ProviderType, fields: Record<string, string>) {
  const given = type === "docker" ? { ...fields, origin: await dockerOrigin(ctx, fields.host) } : fields;
  const parsed = providerTypes[type].settings.safeParse(given);
  if (parsed.success)
    return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >;
  const problems = parsed.error.issues.map((issue): Problem => {
    const field = issue.path.join(".");
    return { code: "invalid", field, message: `${field}: ${issue.message}` };
  });
  throw new AppError("invalid", problems[0]!.message, { problems });
}

/** The operator's own engine is root on this machine: it is for the first account alone, unless the operator says otherwise. */
async function dockerOrigin(ctx: Context, host: string | undefined): Promise<"ours" | "tenant"> {
  if (!host) throw invalid("host: a Docker host is needed, such as tcp://203.0.113.7:2376.", "host");
  const { dockerHost, dockerShared } = config();
  if (host === dockerHost) {
    if (dockerShared || (await isFirstAccount(ctx))) return "ours";
    throw forbidden(
      "This engine is root on CloudHero's own machine, so it is for the first account alone; the operator opens it to all with CLOUDHERO_DOCKER_SHARED=1.",
    );
  }
  if (!host.startsWith("tcp://"))
    throw invalid("host: only tcp:// with client certificates, or the operator's own engine.", "host");
  return "tenant";
}

export async function isFirstAccount(ctx: Context): Promise<boolean> {
  const [first] = await ctx.db.select({ id: organisations.id }).from(organisations).orderBy(organisations.id).limit(1);
  return first?.id === ctx.organisation.id;
}
