import { createHash } from "node:crypto";
import { installation } from "#drizzle/schema/index.ts";
import { config } from "#lib/config.ts";
import type { Context } from "#lib/context.ts";
import { invalid } from "#lib/errors.ts";

/**
 * The external ID that an organisation's roles are assumed with. It is made by us and told to nobody else, so that no
 * other organisation can have us assume a role that trusts us (the confused deputy).
 */
export async function externalIdOf(ctx: Context): Promise<string> {
  const [row] = await ctx.db.select({ id: installation.id }).from(installation);
  const digest = createHash("sha256").update(`external id ${row?.id} ${ctx.organisation.id}`).digest("hex");
  return `cloudhero-${digest.slice(0, 32)}`;
}

/** An AWS account's settings: whose identity a role is assumed from, and with which external ID. */
export async function ec2Settings(
  ctx: Context,
  { identity: _, practice: __, ...fields }: Record<string, string>,
): Promise<Record<string, string>> {
  const ours = await externalIdOf(ctx);
  if (fields.external_id && fields.external_id !== ours)
    throw invalid(`external_id: it is made by CloudHero, and yours is ${ours}; leave it out.`, "external_id");
  const { external_id: __id, ...kept } = fields;
  if (!kept.role_arn) return keyed(kept);
  if (kept.accessKey || kept.secretKey) return { ...keyed(kept), external_id: ours };
  if (config().awsIdentity) return { ...kept, identity: "machine", external_id: ours };
  throw invalid(
    "accessKey: is needed; CloudHero assumes roles from its own AWS identity only where its operator sets CLOUDHERO_AWS_IDENTITY=1.",
    "accessKey",
  );
}

function keyed(fields: Record<string, string>): Record<string, string> {
  for (const field of ["accessKey", "secretKey"]) if (!fields[field]) throw invalid(`${field}: is needed.`, field);
  return fields;
}
