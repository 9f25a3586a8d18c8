import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { invitations, memberships, sessions, users } from "#drizzle/schema/index.ts";
import { beginLogin, forgiveLogin } from "#lib/auth/limit.ts";
import { hashPassword, verifyPassword } from "#lib/auth/passwords.ts";
import { requireSession } from "#lib/auth/require.ts";
import type { Context, Queryable, Visitor } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { AppError, conflict, forbidden, invalid } from "#lib/errors.ts";
import type { Role } from "#lib/model/roles.ts";
import { findInvitation, type OpenInvitation, userOf } from "./find.ts";

const shortestPassword = 10;

type User = Context["user"];
export type Acceptance = { token: string; name?: string; password?: string };
export type Accepted = { organisation: Context["organisation"]; role: Role; email: string };

/**
 * Joins the organisation that a link invites to: once, and for the address that it names. Who has logged in (`asker`)
 * must be that address; anybody else proves it by the account's password, or makes the account by a name and a new one.
 */
export async function acceptInvitation(visitor: Visitor, wish: Acceptance, asker: Context | null): Promise<Accepted> {
  const invitation = await findInvitation(visitor.db, wish.token);
  const sessionId = asker && requireSession(asker);
  const known = asker ? asker.user : await userOf(visitor.db, invitation.email);
  if (asker && asker.user.email.toLowerCase() !== invitation.email)
    throw forbidden(`This invitation is for ${invitation.email}, and you are logged in as ${asker.user.email}.`);
  if (known && !asker) await provePassword(visitor, invitation.email, wish.password);
  const passwordHash = known ? null : await newHash(wish);
  return visitor.db.transaction(async (tx) => {
    const user = known ?? (await insertUser(tx, invitation.email, wish.name!, passwordHash));
    await join(tx, visitor, invitation, user);
    if (sessionId)
      await tx.update(sessions).set({ organisationId: invitation.organisation.id }).where(eq(sessions.id, sessionId));
    return { organisation: invitation.organisation, role: invitation.role, email: invitation.email };
  });
}

/** Uses the invitation up, and makes its user a member; of two who come at once, one does. */
export async function join(tx: Queryable, visitor: Visitor, invitation: OpenInvitation, user: User): Promise<void> {
  const open = and(isNull(invitations.acceptedAt), gt(invitations.expiresAt, sql`now()`));
  const used = await tx
    .update(invitations)
    .set({ acceptedAt: sql`now()` })
    .where(and(eq(invitations.id, invitation.id), open))
    .returning({ id: invitations.id });
  if (used.length === 0) throw new AppError("not_found", "This invitation was used or withdrawn a moment ago.");
  const { organisation, role } = invitation;
  const member = { userId: user.id, organisationId: organisation.id, role };
  const made = await tx.insert(memberships).values(member).onConflictDoNothing().returning();
  if (made.length === 0) throw conflict(`${user.email} belongs to ${organisation.name} already.`);
  const actor = { organisation, user, address: visitor.address };
  await recordAudit(tx, actor, "invitation.accept", invitation.id, { email: user.email, role });
}

async function provePassword(visitor: Visitor, email: string, password: string | undefined): Promise<void> {
  const user = await userOf(visitor.db, email);
  if (!password) throw new AppError("unauthenticated", `${email} has an account: log in first, or send its password.`);
  const attempt = await beginLogin(visitor.db, email, visitor.address);
  if (!(await verifyPassword(password, user?.passwordHash ?? null)))
    throw invalid("password: is not the one of this account", "password");
  await forgiveLogin(visitor.db, attempt);
}

function newHash({ name, password }: Acceptance): Promise<string> {
  if (!name) throw invalid("name: is required", "name");
  if (!password || password.length < shortestPassword)
    throw invalid(`password: must have at least ${shortestPassword} characters`, "password");
  return hashPassword(password);
}

async function insertUser(tx: Queryable, email: string, name: string, passwordHash: string | null): Promise<User> {
  const [user] = await tx.insert(users).values({ email, name, passwordHash }).onConflictDoNothing().returning();
  if (!user) throw conflict("This address has got an account a moment ago: log in.", "email");
  return user;
}
