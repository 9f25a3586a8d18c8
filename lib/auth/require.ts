import type { Context } from "#lib/context.ts";
import { forbidden } from "#lib/errors.ts";
import { includesRole, type Role } from "#lib/model/roles.ts";

/** Throws "forbidden" unless the asker's role includes `role`. */
export function requireRole(ctx: Context, role: Role): void {
  if (!includesRole(ctx.role, role)) throw forbidden(`This needs the role ${role}; yours is ${ctx.role}.`);
}
