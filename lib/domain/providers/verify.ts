import type { Context } from "#lib/context.ts";
import { AppError, type Problem } from "#lib/errors.ts";
import { wordingOf } from "#lib/model/wording.ts";
import { type Provider, ProviderError, type ProviderType } from "#lib/providers/provider.ts";
import { openProvider, providerTypes } from "#lib/providers/registry.ts";
import { dockerSettings } from "./docker-settings.ts";
import { ec2Settings } from "./ec2-settings.ts";
import { practiceSettings } from "./practice-settings.ts";

const verifyTimeoutMs = 20_000;
const preflightTimeoutMs = 20_000;

/** Settings that are never of a request's own saying. */
const OURS = ["origin", "identity", "practice"];

type Fields = Record<string, string>;

/** Settings that work, whose they are, and what they were found not to be allowed, in the cloud's own names. */
export type Verified = { settings: Fields; account: string; missingPermissions: string[] };

/** The settings as the provider has them, tried against the cloud; throws "invalid" with the cloud's own words. */
export async function verifySettings(ctx: Context, type: ProviderType, fields: Fields): Promise<Verified> {
  const settings = parseSettings(type, await ownedSettings(ctx, type, fields));
  try {
    const cloud = openProvider(type, settings);
    const { account } = await cloud.verify(AbortSignal.timeout(verifyTimeoutMs));
    return { settings, account, missingPermissions: await preflight(cloud) };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const code = error.code === "throttled" || error.code === "internal" ? "cloud_refused" : "invalid";
    throw new AppError(code, error.message, { cause: error, field: fieldToBlame(type, settings) });
  }
}

/** The field that says whose the settings are. */
export const fieldToBlame = (type: ProviderType, settings: Fields): string =>
  settings.role_arn ? "role_arn" : providerTypes[type].blame;

/** Those parts of the settings that are ours to say, whatever a request says. */
function ownedSettings(ctx: Context, type: ProviderType, fields: Fields): Promise<Fields> {
  if (type === "docker") return dockerSettings(ctx, fields);
  if (fields.practice) return practiceSettings(ctx, type, fields);
  return type === "ec2" ? ec2Settings(ctx, fields) : Promise.resolve(fields);
}

/** A cloud that does not answer this now has answered `verify`: nothing is known to be missing. */
async function preflight(cloud: Provider): Promise<string[]> {
  try {
    return (await cloud.missingPermissions?.(AbortSignal.timeout(preflightTimeoutMs))) ?? [];
  } catch (error) {
    if (error instanceof ProviderError && error.code === "unauthorized") throw error;
    return [];
  }
}

function parseSettings(type: ProviderType, fields: Fields): Fields {
  const { settings } = providerTypes[type];
  refuseUnknown(fields, Object.keys(settings.shape));
  const parsed = settings.safeParse(fields);
  if (parsed.success)
    return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined)) as Fields;
  const problems = parsed.error.issues.map((issue): Problem => {
    const field = issue.path.join(".");
    return { code: "invalid", field, message: `${field}: ${wordingOf(issue)}` };
  });
  throw new AppError("invalid", problems[0]!.message, { problems });
}

/** A setting that is mistyped would otherwise be passed over in silence. */
function refuseUnknown(fields: Fields, known: string[]): void {
  const asked = known.filter((name) => !OURS.includes(name)).join(", ");
  const problems = Object.keys(fields)
    .filter((name) => !known.includes(name))
    .map((field): Problem => ({ code: "invalid", field, message: `${field}: is no setting; there are ${asked}.` }));
  if (problems[0]) throw new AppError("invalid", problems[0].message, { problems });
}
