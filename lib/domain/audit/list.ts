import { and, desc, eq, lt } from "drizzle-orm";
import { audit } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import type { Page } from "../page.ts";

/** Who did what, newest first; `cursor` is the last id seen. */
export function listAudit(ctx: Context, { limit, cursor }: Page) {
  const older = and(eq(audit.organisationId, ctx.organisation.id), cursor ? lt(audit.id, cursor) : undefined);
  return ctx.db.select().from(audit).where(older).orderBy(desc(audit.id)).limit(limit);
}
