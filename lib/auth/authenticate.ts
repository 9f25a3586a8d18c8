import { and, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { memberships, organisations, sessions, tokens, users } from "#drizzle/schema/index.ts";
import type { Context, Queryable, Visitor } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { leastRole } from "#lib/model/roles.ts";
import { sessionIdOf } from "./cookies.ts";
import { hashToken } from "./tokens.ts";

const unauthenticated = (message: string) => new AppError("unauthenticated", message);

/** Who sent a request with these headers: a token's owner, or the session of a browser's cookie. Throws "unauthenticated". */
export async function authenticate(visitor: Visitor, headers: Headers): Promise<Context> {
  const token = tokenOf(headers);
  if (token) return contextOfToken(visitor, token);
  const sessionId = await sessionIdOf(headers);
  if (sessionId) return contextOfSession(visitor, sessionId);
  throw unauthenticated("A token is needed: send it as Authentication-Token or Authorization.");
}

/** The three ways to send a token; a bare value or `Bearer`. */
export function tokenOf(headers: Headers): string | null {
  const value = headers.get("authentication-token") ?? headers.get("authorization");
  return value?.replace(/^Bearer\s+/i, "").trim() || null;
}

async function contextOfToken(visitor: Visitor, token: string): Promise<Context> {
  const hash = hashToken(token);
  const [persistent] = await visitor.db
    .select({
      ...identity,
      limit: tokens.role,
      scopes: tokens.scopes,
      tokenId: tokens.id,
      lastUsedAt: tokens.lastUsedAt,
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .innerJoin(organisations, eq(organisations.id, tokens.organisationId))
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.organisationId, organisations.id)))
    .where(and(eq(tokens.hash, hash), or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`now()`))));
  if (persistent) {
    await noteUse(visitor.db, persistent.tokenId, persistent.lastUsedAt);
    const role = leastRole(persistent.role, persistent.limit);
    return {
      ...visitor,
      organisation: persistent.organisation,
      user: persistent.user,
      role,
      scopes: persistent.scopes,
      via: "token",
      sessionId: null,
      tokenId: persistent.tokenId,
    };
  }
  const found = await sessionWhere(visitor.db, eq(sessions.tokenHash, hash));
  if (!found) throw unauthenticated("The token is unknown, expired or revoked.");
  return { ...visitor, ...found, via: "token" };
}

/** The context of a live session; throws "unauthenticated" for one that has ended. */
export async function contextOfSession(visitor: Visitor, sessionId: string): Promise<Context> {
  const found = await sessionWhere(visitor.db, eq(sessions.id, sessionId));
  if (!found) throw unauthenticated("The session has ended: log in again.");
  return { ...visitor, ...found, via: "cookie" };
}

const identity = {
  organisation: { id: organisations.id, name: organisations.name, slug: organisations.slug },
  user: { id: users.id, email: users.email, name: users.name },
  role: memberships.role,
};

async function sessionWhere(db: Queryable, condition: ReturnType<typeof eq>) {
  const [found] = await db
    .select({ ...identity, sessionId: sessions.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(organisations, eq(organisations.id, sessions.organisationId))
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.organisationId, organisations.id)))
    .where(and(condition, gt(sessions.expiresAt, sql`now()`)));
  return found;
}

/** Kept to the minute, so that a busy script does not write on each call. */
async function noteUse(db: Queryable, tokenId: string, lastUsedAt: Date | null): Promise<void> {
  if (lastUsedAt && Date.now() - lastUsedAt.getTime() < 60_000) return;
  const stale = or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, sql`now() - interval '1 minute'`));
  await db
    .update(tokens)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(tokens.id, tokenId), stale));
}
