import type { Context } from "#lib/context.ts";
import { includesRole, type Role } from "#lib/model/roles.ts";
import { Refusal } from "./refusal.ts";

/** Who asks, and for which environment. */
export type Caller = Pick<Context, "organisation" | "user" | "role" | "address"> & { environmentId: string };

/** Throws Refusal 403 for a caller whose role does not include `role`. */
export function refuseBelow({ role: mine }: Pick<Caller, "role">, role: Role): void {
  if (!includesRole(mine, role)) throw new Refusal(403, `This needs the role ${role}; yours is ${mine}.`);
}
