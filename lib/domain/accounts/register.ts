import { count, sql } from "drizzle-orm";
import { memberships, organisations, tokens, users } from "#drizzle/schema/index.ts";
import { hashPassword } from "#lib/auth/passwords.ts";
import { beginTokenSession } from "#lib/auth/sessions.ts";
import { hashToken, newPersistentToken } from "#lib/auth/tokens.ts";
import { config } from "#lib/config.ts";
import type { Queryable, Visitor } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, forbidden } from "#lib/errors.ts";
import { slug } from "#lib/model/names.ts";

export type Registration = { email: string; password: string; name: string };
export type Registered = { persistentToken: string; refreshingToken: string; userId: string; organisationId: string };

/** Registers a script: makes an organisation, its owner and the owner's first tokens, answered this once. */
export async function registerAccount(visitor: Visitor, wish: Registration): Promise<Registered> {
  await refuseClosed(visitor);
  const passwordHash = await hashPassword(wish.password);
  return visitor.db.transaction(async (tx) => {
    const owner = await insertAccount(tx, visitor, wish, passwordHash);
    const persistentToken = newPersistentToken();
    await tx.insert(tokens).values({ ...owner, name: "default", role: "owner", hash: hashToken(persistentToken) });
    return { persistentToken, refreshingToken: await beginTokenSession(tx, owner), ...owner };
  });
}

/** Registers a person, who logs in afterwards: makes an organisation and its owner, and no token that nobody sees. */
export async function signUp(visitor: Visitor, wish: Registration): Promise<void> {
  await refuseClosed(visitor);
  const passwordHash = await hashPassword(wish.password);
  await visitor.db.transaction((tx) => insertAccount(tx, visitor, wish, passwordHash));
}

type Newcomer = Omit<Registration, "password"> & { /** How the person is called. */ person?: string };

/** An organisation and its owner, where registration allows; without a password for who logs in elsewhere. */
export async function insertAccount(
  tx: Queryable,
  visitor: Visitor,
  { email, name, person: called }: Newcomer,
  passwordHash: string | null,
) {
  await refuseUnlessOpen(tx);
  const person = { email, name: called ?? email.split("@")[0] ?? email, passwordHash };
  const [user] = await tx.insert(users).values(person).onConflictDoNothing().returning();
  if (!user) throw conflict("This e-mail address has an account already: log in.", "email");
  const company = { name, slug: slug(name) };
  const [organisation] = await tx.insert(organisations).values(company).returning();
  const owner = { userId: user.id, organisationId: organisation!.id };
  await tx.insert(memberships).values({ ...owner, role: "owner" });
  const ctx = { ...visitor, organisation: organisation!, user, role: "owner", via: "token", sessionId: null } as const;
  await recordAudit(tx, ctx, "account.register", organisation!.id);
  return owner;
}

/** One registration at a time, so that "first" is one. */
async function refuseUnlessOpen(tx: Queryable): Promise<void> {
  if (config().registration === "open") return;
  await tx.execute(sql`select pg_advisory_xact_lock(727276)`);
  await refuseClosed({ db: tx });
}

/** Asked before a password is hashed as well, which costs more than anybody may ask for who is refused. */
async function refuseClosed(visitor: Pick<Visitor, "db">): Promise<void> {
  if (!(await isRegistrationOpen(visitor)))
    throw forbidden("Registration is closed here: ask an admin for an invitation.");
}

/** Whether anybody may make an account here as things stand. */
export async function isRegistrationOpen({ db }: Pick<Visitor, "db">): Promise<boolean> {
  const { registration } = config();
  if (registration !== "first") return registration === "open";
  const [row] = await db.select({ accounts: count() }).from(organisations);
  return row?.accounts === 0;
}
