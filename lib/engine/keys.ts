import { and, asc, eq, inArray } from "drizzle-orm";
import { environments, memberships, sshKeys } from "#drizzle/schema/index.ts";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import type { Queryable } from "#lib/context.ts";
import { environmentKeyPlace } from "#lib/model/places.ts";
import { includesRole, roles } from "#lib/model/roles.ts";
import { vault } from "#lib/vault.ts";
import type { EnvironmentRow } from "./types.ts";

const keysAtMost = 200;

/** Gives an environment the key pair that we log in with; one that has it keeps it. Answers its public half. */
export async function ensureKeyPair(db: Queryable, environment: EnvironmentRow): Promise<string> {
  if (environment.publicKey) return environment.publicKey;
  const pair = generateKeyPair(`cloudhero-${environment.id}`);
  const privateKey = vault().seal(pair.privateKey, environmentKeyPlace(environment.id));
  await db
    .update(environments)
    .set({ publicKey: pair.publicKey, privateKey })
    .where(eq(environments.id, environment.id));
  return pair.publicKey;
}

/** Members for whom servers are open: not one who has a lesser role by now. */
const mayLogIn = inArray(
  memberships.role,
  roles.filter((role) => includesRole(role, "operator")),
);

/** All keys that login `cloudhero` takes on an environment's servers; its own comes first. */
export async function authorizedKeys(db: Queryable, environment: EnvironmentRow): Promise<string[]> {
  const rows = await db
    .select({ publicKey: sshKeys.publicKey })
    .from(sshKeys)
    .innerJoin(memberships, and(eq(memberships.userId, sshKeys.userId), mayLogIn))
    .where(
      and(
        eq(sshKeys.organisationId, environment.organisationId),
        eq(memberships.organisationId, environment.organisationId),
      ),
    )
    .orderBy(asc(sshKeys.id))
    .limit(keysAtMost);
  return [environment.publicKey!, ...rows.map(({ publicKey }) => publicKey)];
}
