import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { config } from "#lib/config.ts";
import type { Queryable } from "#lib/context.ts";
import { log } from "#lib/log.ts";
import { cookieSecret } from "./cookies.ts";
import { type Claims, claimsOf, nextAuthProviders } from "./login-providers.ts";
import { beginWebSession, endSession } from "./sessions.ts";
import { webSessionLifeMs } from "./tokens.ts";

type Owner = { userId: string; organisationId: string };

/** Whose log-in these credentials are; throws an Error whose message is meant for the person. */
export type Verify = (credentials: Record<string, string>, headers: Headers) => Promise<Owner>;

/** Whose log-in it is that somebody is elsewhere, with the session that is to go on, if one is; or where to go instead. */
export type Identify = (claims: Claims) => Promise<(Owner & { sessionId?: string }) | { elsewhere: string }>;

/** The web's log-in: the signed cookie carries the id of a session row, and is worth nothing without that row. */
export function nextAuthOptions(db: Queryable, verify: Verify, identify: Identify): NextAuthOptions {
  return {
    secret: cookieSecret(),
    session: { strategy: "jwt", maxAge: webSessionLifeMs / 1000 },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    providers: [
      CredentialsProvider({
        credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
        async authorize(credentials, request) {
          const owner = await verify(credentials ?? {}, new Headers(request.headers as Record<string, string>));
          return { id: owner.userId, sessionId: await beginWebSession(db, owner) };
        },
      }),
      ...nextAuthProviders(config().logins),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        const claims = claimsOf(account.provider, account.providerAccountId, { ...profile });
        const found = await identify(claims);
        if ("elsewhere" in found) return found.elsewhere;
        // The user that is changed here is the one that `jwt` is given.
        Object.assign(user, { id: found.userId, sessionId: found.sessionId ?? (await beginWebSession(db, found)) });
        return true;
      },
      jwt: ({ token, user }) => (user ? { sub: user.id, sessionId: sessionIdIn(user) } : token),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sessionId === "string") await endSession(db, token.sessionId);
      },
    },
    logger: {
      error: (code, metadata) =>
        log.error({ err: metadata instanceof Error ? metadata : metadata.error }, `next-auth: ${code}`),
      warn: () => {},
      debug: () => {},
    },
  };
}

const sessionIdIn = (user: object) => ("sessionId" in user ? user.sessionId : undefined);
