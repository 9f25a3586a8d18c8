import type { IncomingMessage } from "node:http";
import { and, eq } from "drizzle-orm";
import { environments } from "#drizzle/schema/index.ts";
import { authenticate } from "#lib/auth/authenticate.ts";
import { requireScope } from "#lib/auth/require.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import type { Caller } from "./caller.ts";
import { Refusal } from "./refusal.ts";

/** Who a token in the request's headers belongs to. Throws Refusal 401, 403 for a token that is not for Docker, and 404 for another organisation's environment. */
export const callerOfToken = (db: Queryable, request: IncomingMessage, environmentId: string): Promise<Caller> =>
  callerAmong(db, request, environmentId, tokenHeaders);

/** The same, or the session of a browser: for what only reads. Throws Refusal 403 for a token in clear too. */
export async function callerOfReader(
  db: Queryable,
  request: IncomingMessage,
  environmentId: string,
  isPrivate: boolean,
): Promise<Caller> {
  const hasToken = tokenHeaders.some((name) => request.headers[name] !== undefined);
  if (hasToken && !isPrivate)
    throw new Refusal(403, "A token does not travel in clear: use https, or the Docker port.");
  return callerAmong(db, request, environmentId, [...tokenHeaders, "cookie"]);
}

const tokenHeaders = ["authentication-token", "authorization"];

async function callerAmong(
  db: Queryable,
  request: IncomingMessage,
  environmentId: string,
  names: string[],
): Promise<Caller> {
  const ctx = await identify(db, request, names);
  const mine = and(eq(environments.id, environmentId), eq(environments.organisationId, ctx.organisation.id));
  const [found] = await db.select({ id: environments.id }).from(environments).where(mine);
  if (!found) throw new Refusal(404, `No such environment: ${environmentId}`);
  const { organisation, user, role, address } = ctx;
  return { organisation, user, role, address, environmentId };
}

/** By a token alone for what may change something: a browser's cookie would let any page that it shows speak to Docker. */
async function identify(db: Queryable, { headers, socket }: IncomingMessage, names: string[]): Promise<Context> {
  const sent = new Headers();
  for (const name of names) if (typeof headers[name] === "string") sent.set(name, headers[name]);
  try {
    const ctx = await authenticate({ db, address: socket.remoteAddress ?? null }, sent);
    requireScope(ctx, "docker");
    return ctx;
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") throw new Refusal(401, error.message);
    if (error instanceof AppError && error.code === "forbidden") throw new Refusal(403, error.message);
    throw error;
  }
}
