import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { login } from "#lib/api/contracts/accounts.ts";
import { errorResponse, readBody } from "#lib/api/http.ts";
import { parse } from "#lib/api/parse.ts";
import { visitorOf } from "#lib/api/visitor.ts";
import { contextOfSession } from "#lib/auth/authenticate.ts";
import { sessionIdOf } from "#lib/auth/cookies.ts";
import { type Identify, nextAuthOptions, type Verify } from "#lib/auth/next-auth.ts";
import type { Context } from "#lib/context.ts";
import { logInByIdentity } from "#lib/domain/accounts/identity.ts";
import { verifyLogin } from "#lib/domain/accounts/login.ts";
import { AppError, messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";

/** next-auth takes its origin from here, or else from the request's own host. */
if (process.env.CLOUDHERO_PUBLIC_URL) process.env.NEXTAUTH_URL ??= process.env.CLOUDHERO_PUBLIC_URL;
process.env.AUTH_TRUST_HOST ??= "true";

const verify: Verify = async (credentials, headers) => {
  try {
    const { email, password } = credentials;
    return await verifyLogin(visitorOf(headers), parse(login.body, { email, password }));
  } catch (error) {
    if (error instanceof AppError && error.code !== "internal") throw error;
    log.error({ err: error }, messageOf(error));
    throw new Error("Something went wrong on our side: try again in a moment.");
  }
};

/** Who has logged in already connects the log-in elsewhere to the account; a refusal is told on the page it came from. */
const identifyFor =
  (headers: Headers): Identify =>
  async (claims) => {
    const asker = await livingSession(headers);
    const found = await logInByIdentity(visitorOf(headers), claims, asker);
    if (!("refused" in found)) return found;
    return { elsewhere: `${asker ? "/dashboard/account" : "/login"}?refused=${found.refused}` };
  };

async function livingSession(headers: Headers): Promise<Context | null> {
  const sessionId = await sessionIdOf(headers);
  return sessionId ? contextOfSession(visitorOf(headers), sessionId).catch(() => null) : null;
}

async function handler(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const options = nextAuthOptions(visitorOf(request.headers).db, verify, identifyFor(request.headers));
  try {
    return await NextAuth((await read(request)) as never, context as never, options);
  } catch (error) {
    if (error instanceof AppError && error.code === "too_large") return errorResponse(error);
    throw error;
  }
}

/** With its body, which next-auth would read whatever its length. */
async function read(request: NextRequest): Promise<NextRequest> {
  if (request.method !== "POST") return request;
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: await readBody(request) });
}

export { handler as GET, handler as POST };
