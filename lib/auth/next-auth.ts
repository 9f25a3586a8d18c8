import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { Queryable } from "#lib/context.ts";
import { log } from "#lib/log.ts";
import { cookieSecret } from "./cookies.ts";
import { beginWebSession, endSession } from "./sessions.ts";
import { webSessionLifeMs } from "./tokens.ts";

type Owner = { userId: string; organisationId: string };

/** Whose log-in these credentials are; throws an Error whose message is meant for the person. */
export type Verify = (credentials: Record<string, string>, headers: Headers) => Promise<Owner>;

/** The web's log-in: the signed cookie carries the id of a session row, and is worth nothing without that row. */
export function nextAuthOptions(db: Queryable, verify: Verify): NextAuthOptions {
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
    ],
    callbacks: {
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
        log.error({ err: metadata instanceof Error ? metadata : undefined }, `next-auth: ${code}`),
      warn: () => {},
      debug: () => {},
    },
  };
}

const sessionIdIn = (user: object) => ("sessionId" in user ? user.sessionId : undefined);
