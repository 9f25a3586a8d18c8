import { and, asc, eq, gt } from "drizzle-orm";
import { sshKeys } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import type { Page } from "../page.ts";

/** The organisation's SSH public keys, oldest first. */
export function listKeys(ctx: Context, { limit, cursor }: Page) {
  const mine = and(eq(sshKeys.organisationId, ctx.organisation.id), cursor ? gt(sshKeys.id, cursor) : undefined);
  return ctx.db.select().from(sshKeys).where(mine).orderBy(asc(sshKeys.id)).limit(limit);
}
