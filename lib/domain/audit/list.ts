import { and, desc, eq, gte, ilike, like, lt } from "drizzle-orm";
import { audit } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import type { Page } from "../page.ts";

export type AuditFilter = {
  /** Any part of an e-mail address. */
  actor?: string | undefined;
  /** What the action's name begins with, word by word: "environment", or "environment.delete". */
  action?: string | undefined;
  /** The id of what it was done to. */
  target?: string | undefined;
  since?: Date | undefined;
  /** Up to, and not including, this moment. */
  until?: Date | undefined;
};
export type AuditEntry = typeof audit.$inferSelect;

const exportPage = 500;
const literally = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Who did what, newest first; `cursor` is the last id seen. */
export async function listAudit(ctx: Context, { limit, cursor, ...filter }: Page & AuditFilter): Promise<AuditEntry[]> {
  requireRole(ctx, "admin");
  const { actor, action, target, since, until } = filter;
  const wanted = and(
    eq(audit.organisationId, ctx.organisation.id),
    actor ? ilike(audit.actor, `%${literally(actor)}%`) : undefined,
    action ? like(audit.action, `${literally(action.includes(".") ? action : `${action}.`)}%`) : undefined,
    target ? eq(audit.target, target) : undefined,
    since ? gte(audit.at, since) : undefined,
    until ? lt(audit.at, until) : undefined,
    cursor ? lt(audit.id, cursor) : undefined,
  );
  return ctx.db.select().from(audit).where(wanted).orderBy(desc(audit.id)).limit(limit);
}

/** All that the filter lets through, page after page, newest first; each is read when it is asked for. */
export async function* everyAuditPage(ctx: Context, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  for (let cursor: string | undefined; ; ) {
    const rows = await listAudit(ctx, { ...filter, limit: exportPage, cursor });
    if (rows.length > 0) yield rows;
    if (rows.length < exportPage) return;
    cursor = rows.at(-1)!.id;
  }
}
