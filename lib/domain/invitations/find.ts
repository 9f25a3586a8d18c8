import { and, desc, eq, gt, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { invitations, organisations, users } from "#drizzle/schema/index.ts";
import { hashToken } from "#lib/auth/tokens.ts";
import type { Context, Queryable, Visitor } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";

/** What a link leads to. */
export type OpenInvitation = Awaited<ReturnType<typeof findInvitation>>;

/** The open invitation of a link's token; throws "not_found" for one that was used, withdrawn, sent again or has expired. */
export async function findInvitation(db: Queryable, token: string) {
  const found = await openInvitation(db, eq(invitations.tokenHash, hashToken(token)));
  if (!found)
    throw new AppError("not_found", "This invitation was used or withdrawn, or has expired: ask for a new one.");
  return found;
}

/** The latest open invitation of those that `which` chooses. */
export async function openInvitation(db: Queryable, which: SQL) {
  const [found] = await db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      expiresAt: invitations.expiresAt,
      organisation: { id: organisations.id, name: organisations.name, slug: organisations.slug },
      inviter: users.name,
    })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(which, isNull(invitations.acceptedAt), gt(invitations.expiresAt, sql`now()`)))
    .orderBy(desc(invitations.id))
    .limit(1);
  return found;
}

/** What whoever holds the link may know: who invites whom, as what, and whether the address has an account. */
export async function previewInvitation(visitor: Visitor, token: string) {
  const found = await findInvitation(visitor.db, token);
  const user = await userOf(visitor.db, found.email);
  return { ...found, hasAccount: user !== undefined, hasPassword: user?.passwordHash != null };
}

/** Whether a link's invitation was of the asker, and has been accepted: a provider's word for somebody new does it unasked. */
export async function isAcceptedByMyself(ctx: Context, token: string): Promise<boolean> {
  const { tokenHash, email, acceptedAt } = invitations;
  const mine = and(eq(tokenHash, hashToken(token)), eq(email, ctx.user.email.toLowerCase()), isNotNull(acceptedAt));
  const [found] = await ctx.db.select({ id: invitations.id }).from(invitations).where(mine);
  return found !== undefined;
}

export async function userOf(db: Queryable, email: string) {
  const [user] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  return user;
}
