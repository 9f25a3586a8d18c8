import { memberships, organisations, tokens, users } from "#drizzle/schema/index.ts";
import { hashToken, newPersistentToken } from "#lib/auth/tokens.ts";
import type { Context } from "#lib/context.ts";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import type { Role } from "#lib/model/roles.ts";

export type Account = { token: string; ctx: Context };

/** An organisation with its owner and a token, without the cost of a password: nobody can log in to it. */
export async function seedAccount(name = `Company ${newId()}`): Promise<Account> {
  const [organisation] = await db().insert(organisations).values({ name, slug: "company" }).returning();
  return seedMember(organisation!, "owner");
}

/** A further member of an organisation, with a token of the same role. */
export async function seedMember(organisation: Context["organisation"], role: Role): Promise<Account> {
  const email = `${role}-${newId()}@example.com`;
  const [user] = await db().insert(users).values({ email, name: role, passwordHash: "none" }).returning();
  const owner = { userId: user!.id, organisationId: organisation.id };
  await db()
    .insert(memberships)
    .values({ ...owner, role });
  const token = await seedToken(owner, role);
  return { token, ctx: { db: db(), address: null, organisation, user: user!, role, via: "token", sessionId: null } };
}

/** A token of a member, with the role that is given. */
export async function seedToken(owner: { userId: string; organisationId: string }, role: Role): Promise<string> {
  const token = newPersistentToken();
  await db()
    .insert(tokens)
    .values({ ...owner, name: role, role, hash: hashToken(token) });
  return token;
}
