import NextAuth from "next-auth";
import { login } from "#lib/api/contracts/accounts.ts";
import { parse } from "#lib/api/parse.ts";
import { visitorOf } from "#lib/api/visitor.ts";
import { nextAuthOptions, type Verify } from "#lib/auth/next-auth.ts";
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

function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  return NextAuth(request as never, context as never, nextAuthOptions(visitorOf(request.headers).db, verify));
}

export { handler as GET, handler as POST };
