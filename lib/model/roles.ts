/** From least to most: each role may do all that those before it may. */
export const roles = ["viewer", "operator", "admin", "owner"] as const;
export type Role = (typeof roles)[number];

export function includesRole(held: Role, wanted: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(wanted);
}

/** The one that may do less. */
export const leastRole = (one: Role, other: Role): Role => (includesRole(one, other) ? other : one);
