import { and, count, eq, gt, inArray, sql } from "drizzle-orm";
import { failedLogins } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";

const windowSeconds = 15 * 60;
const allowed = { account: 10, address: 50 };
const resetsAllowed = { account: 3, address: 20 };

const subjectOf = (email: string) => `account:${email.toLowerCase()}`;

const subjects = (email: string, address: string | null) => [
  { subject: subjectOf(email), most: allowed.account },
  { subject: `address:${address ?? "unknown"}`, most: allowed.address },
];

/**
 * Counts a request for a new password's mail; throws "rate_limited" where an account or an address has asked for too many
 * in the last 15 minutes, whether there is such an account or not.
 */
export function beginReset(db: Queryable, email: string, address: string | null): Promise<void> {
  const asked = [
    { subject: `reset:${email.toLowerCase()}`, most: resetsAllowed.account },
    { subject: `reset-address:${address ?? "unknown"}`, most: resetsAllowed.address },
  ];
  return db.transaction(async (tx) => {
    for (const { subject, most } of asked)
      await refuseBeyond(tx, subject, most, "Too many requests for a new password: try again in 15 minutes.");
    await tx.insert(failedLogins).values(asked.map(({ subject }) => ({ subject })));
  });
}

/**
 * Counts an attempt to log in as failed before it is tried, so that a hundred at once are no more than one by one;
 * answers what `forgiveLogin` takes back. Throws "rate_limited" where an account or an address has failed too often in
 * the last 15 minutes.
 */
export function beginLogin(db: Queryable, email: string, address: string | null): Promise<string[]> {
  return db.transaction(async (tx) => {
    await limitLogins(tx, email, address);
    return noteFailedLogin(tx, email, address);
  });
}

/** Throws as `beginLogin` does, and counts nothing. */
export async function limitLogins(db: Queryable, email: string, address: string | null): Promise<void> {
  for (const { subject, most } of subjects(email, address)) await refuseBeyond(db, subject, most);
}

export async function noteFailedLogin(db: Queryable, email: string, address: string | null): Promise<string[]> {
  const rows = subjects(email, address).map(({ subject }) => ({ subject }));
  const noted = await db.insert(failedLogins).values(rows).returning({ id: failedLogins.id });
  return noted.map(({ id }) => id);
}

/** An attempt that `beginLogin` counted has succeeded. */
export async function forgiveLogin(db: Queryable, attempt: string[]): Promise<void> {
  await db.delete(failedLogins).where(inArray(failedLogins.id, attempt));
}

async function refuseBeyond(
  tx: Queryable,
  subject: string,
  most: number,
  message = "Too many failed log-ins: try again in 15 minutes.",
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(727277, hashtext(${subject}))`);
  const recent = and(
    eq(failedLogins.subject, subject),
    gt(failedLogins.at, sql`now() - make_interval(secs => ${windowSeconds})`),
  );
  const [row] = await tx.select({ failed: count() }).from(failedLogins).where(recent);
  if ((row?.failed ?? 0) < most) return;
  const retryAfterSeconds = windowSeconds;
  throw new AppError("rate_limited", message, { retryAfterSeconds });
}

/** A user's failed log-ins no longer count. */
export async function forgetFailedLogins(db: Queryable, email: string): Promise<void> {
  await db.delete(failedLogins).where(eq(failedLogins.subject, subjectOf(email)));
}

/** Failures older than they count, deleted. */
export async function sweepFailedLogins(db: Queryable): Promise<void> {
  await db.delete(failedLogins).where(sql`${failedLogins.at} < now() - make_interval(secs => ${windowSeconds})`);
}
