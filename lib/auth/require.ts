import type { Context } from "#lib/context.ts";
import { forbidden } from "#lib/errors.ts";
import { includesRole, type Role } from "#lib/model/roles.ts";
import { includesScope, type Scope } from "#lib/model/scopes.ts";

/** Throws "forbidden" unless the asker's role includes `role`. */
export function requireRole(ctx: Context, role: Role): void {
  if (!includesRole(ctx.role, role)) throw forbidden(`This needs the role ${role}; yours is ${ctx.role}.`);
}

/** Throws "forbidden" where the asker's token is for something else. */
export function requireScope(ctx: Pick<Context, "scopes">, scope: Scope): void {
  if (!includesScope(ctx.scopes ?? null, scope)) throw forbidden(`This token is not for ${scope}.`);
}

/** The log-in that asks; throws "forbidden" for a persistent token, which speaks for a script and not for a person. */
export function requireSession(ctx: Context): string {
  if (!ctx.sessionId) throw forbidden("Only somebody who has logged in may do this, not a persistent token.");
  return ctx.sessionId;
}
