import { visitorContext } from "#app/(dashboard)/context.ts";
import { ownOrigin } from "#app/(dashboard)/origin.ts";
import type { Reader } from "#lib/api/reference/example.ts";
import { listApplications } from "#lib/domain/applications/get.ts";
import { listProviders } from "#lib/domain/providers/get.ts";

/** Who reads the docs: their own address of us, and ids of theirs where they are logged in. */
export async function docsReader(): Promise<Reader> {
  const [origin, ctx] = await Promise.all([ownOrigin(), visitorContext()]);
  if (!ctx) return { origin };
  const [providers, [application]] = await Promise.all([listProviders(ctx), listApplications(ctx, { limit: 1 })]);
  return { origin, providerId: providers[0]?.id, applicationId: application?.id };
}
