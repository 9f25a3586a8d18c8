import type { TLSSocket } from "node:tls";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { clientCertificates, memberships, organisations, users } from "#drizzle/schema/index.ts";
import { urisOf } from "#lib/cluster/certificates.ts";
import type { Queryable } from "#lib/context.ts";
import { certificateOfUri } from "#lib/model/docker-access.ts";
import { leastRole } from "#lib/model/roles.ts";
import type { Caller } from "./caller.ts";
import { Refusal } from "./refusal.ts";

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
