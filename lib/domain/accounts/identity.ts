import { and, eq, isNotNull } from "drizzle-orm";
import { identities, invitations, passwordResets, users } from "#drizzle/schema/index.ts";
import type { Claims } from "#lib/auth/login-providers.ts";
import type { Context, Queryable, Visitor } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { join } from "../invitations/accept.ts";
import { openInvitation, userOf } from "../invitations/find.ts";
import { homeOf } from "./login.ts";
import { recordEverywhere } from "./record-everywhere.ts";
import { insertAccount } from "./register.ts";

/**
 * Why somebody whom a provider knows is not let in:
 * unverified: the provider does not vouch for an address; exists: an account has the address, and nobody has shown yet
 * that it is the same person's; other: the log-in is of another address; taken: it is another account's already;
 * closed: nobody may sign up; homeless: no organisation is left.
 */
export type Refused = "unverified" | "exists" | "other" | "taken" | "closed" | "homeless";

export type Identified = { userId: string; organisationId: string; sessionId?: string } | { refused: Refused };

type User = typeof users.$inferSelect;
type Verified = Claims & { email: string };

/**
 * Whose log-in a provider's word is. One that is known is its user's. A new one is bound to an account by an address that
 * the provider vouches for: to the account of who has logged in (`asker`), or to one whose address is proven here as well,
 * because at sign-up anybody may type any address. Else it makes an account, where an invitation or registration allows.
 */
export async function logInByIdentity(visitor: Visitor, claims: Claims, asker: Context | null): Promise<Identified> {
  const { email } = claims;
  try {
    return await visitor.db.transaction(async (tx): Promise<Identified> => {
      const known = await ownerOf(tx, claims);
      if (known && asker && known !== asker.user.id) return { refused: "taken" };
      if (known) return enter(tx, known, asker);
      if (!email || !claims.verified) return { refused: "unverified" };
      return bind(tx, visitor, { ...claims, email }, asker);
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return { refused: "homeless" };
    // Somebody made the same account or identity meanwhile.
    if (error instanceof AppError && error.code === "conflict") return { refused: "exists" };
    throw error;
  }
}

async function bind(tx: Queryable, visitor: Visitor, claims: Verified, asker: Context | null): Promise<Identified> {
  if (asker && asker.user.email.toLowerCase() !== claims.email) return { refused: "other" };
  const user = await userOf(tx, claims.email);
  if (user && !asker && !(await isProven(tx, user))) return { refused: "exists" };
  if (user) {
    await connect(tx, visitor, user, claims);
    return enter(tx, user.id, asker);
  }
  const made = await makeUser(tx, visitor, claims);
  if (!made) return { refused: "closed" };
  await connect(tx, visitor, made, claims);
  return enter(tx, made.id, null);
}

async function ownerOf(tx: Queryable, { provider, subject }: Claims): Promise<string | undefined> {
  const same = and(eq(identities.provider, provider), eq(identities.subject, subject));
  const [known] = await tx.select({ userId: identities.userId }).from(identities).where(same);
  return known?.userId;
}

/** A session of the same user's goes on, where there is one. */
async function enter(tx: Queryable, userId: string, asker: Context | null): Promise<Identified> {
  if (asker?.sessionId) return { userId, organisationId: asker.organisation.id, sessionId: asker.sessionId };
  return homeOf(tx, userId);
}

/**
 * Whether the account's address has been shown to be its user's: by a provider, or a mailed link. An invitation's link shows
 * nothing: whoever invites is told it, and may have taken it themselves, with a password of theirs.
 */
async function isProven(tx: Queryable, user: User): Promise<boolean> {
  if (user.passwordHash === null) return true;
  const reset = and(eq(passwordResets.userId, user.id), isNotNull(passwordResets.usedAt));
  const [byReset] = await tx.select({ id: passwordResets.id }).from(passwordResets).where(reset).limit(1);
  return byReset !== undefined;
}

async function connect(tx: Queryable, visitor: Visitor, user: User, { provider, subject }: Claims): Promise<void> {
  await tx.insert(identities).values({ provider, subject, userId: user.id });
  await recordEverywhere(tx, { ...visitor, user }, "identity.connect", { provider });
}

/** Somebody new: into the organisation whose invitation waits for the address, else into one of their own, else nowhere. */
async function makeUser(tx: Queryable, visitor: Visitor, { email, name }: Verified): Promise<User | null> {
  const called = name ?? email.split("@")[0]!;
  const invitation = await openInvitation(tx, eq(invitations.email, email));
  if (!invitation) return signUpAs(tx, visitor, email, called);
  const [user] = await tx.insert(users).values({ email, name: called }).returning();
  await join(tx, visitor, invitation, user!);
  return user!;
}

async function signUpAs(tx: Queryable, visitor: Visitor, email: string, name: string): Promise<User | null> {
  try {
    const { userId } = await insertAccount(
      tx,
      visitor,
      { email, name: `${name}’s team`.slice(0, 64), person: name },
      null,
    );
    const [user] = await tx.select().from(users).where(eq(users.id, userId));
    return user!;
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return null;
    throw error;
  }
}
