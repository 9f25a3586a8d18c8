import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { clientCertificates, environments, memberships, organisations, users } from "#drizzle/schema/index.ts";
import { authenticate } from "#lib/auth/authenticate.ts";
import { requireScope } from "#lib/auth/require.ts";
import { urisOf } from "#lib/cluster/certificates.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { certificateOfUri } from "#lib/model/docker-access.ts";
import { includesRole, leastRole, type Role } from "#lib/model/roles.ts";
import { Refusal } from "./refusal.ts";

/** Who asks, and for which environment. */
export type Caller = Pick<Context, "organisation" | "user" | "role" | "address"> & { environmentId: string };

type Holder = Omit<Caller, "address">;

const kept = new LRUCache<string, Holder, Queryable>({
  max: 5_000,
  ttl: 1_000,
  fetchMethod: (id, _stale, { context: db }) => load(db, id),
});

/** Who a connection's certificate says it is; asked again each second, so that a revoked one is refused at once. Throws Refusal 401. */
export async function callerOfCertificate(db: Queryable, socket: TLSSocket): Promise<Caller> {
  const id = shownBy(socket);
  if (!id) throw new Refusal(401, "This certificate is not one for CloudHero's Docker endpoint.");
  return { ...(await kept.forceFetch(id, { context: db })), address: socket.remoteAddress ?? null };
}

/** A connection shows one certificate for as long as it lives: it is read once. */
const shown = new WeakMap<TLSSocket, string | null>();

function shownBy(socket: TLSSocket): string | null {
  const known = shown.get(socket);
  if (known !== undefined) return known;
  const certificate = socket.getPeerX509Certificate();
  const id = (certificate && urisOf(certificate.raw).map(certificateOfUri).find(Boolean)) ?? null;
  shown.set(socket, id);
  return id;
}

async function load(db: Queryable, id: string): Promise<Holder> {
  const { organisationId, environmentId, userId, scope, revokedAt, expiresAt } = clientCertificates;
  const inForce = and(eq(scope, "endpoint"), isNull(revokedAt), gt(expiresAt, sql`now()`));
  const member = and(eq(memberships.userId, userId), eq(memberships.organisationId, organisationId));
  const [found] = await db
    .select({
      environmentId,
      organisation: { id: organisations.id, name: organisations.name, slug: organisations.slug },
      user: { id: users.id, email: users.email, name: users.name },
      limit: clientCertificates.role,
      role: memberships.role,
    })
    .from(clientCertificates)
    .innerJoin(users, eq(users.id, userId))
    .innerJoin(organisations, eq(organisations.id, organisationId))
    .innerJoin(memberships, member)
    .where(and(eq(clientCertificates.id, id), inForce));
  if (!found) throw new Refusal(401, "This certificate has expired or was revoked: download a new one.");
  const { limit, role, ...caller } = found;
  return { ...caller, role: leastRole(role, limit) };
}

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

/** Throws Refusal 403 for a caller whose role does not include `role`. */
export function refuseBelow({ role: mine }: Pick<Caller, "role">, role: Role): void {
  if (!includesRole(mine, role)) throw new Refusal(403, `This needs the role ${role}; yours is ${mine}.`);
}
