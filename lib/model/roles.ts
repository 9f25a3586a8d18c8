/** From least to most: each role may do all that those before it may. */
export const roles = ["viewer", "operator", "admin", "owner"] as const;
export type Role = (typeof roles)[number];

export function includesRole(held: Role, wanted: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(wanted);
}

/** The one that may do less. */
export const leastRole = (one: Role, other: Role): Role => (includesRole(one, other) ? other : one);

/** What each may, in words for people. */
export const roleWords: Record<Role, string> = {
  viewer: "Sees environments, logs and the team. Changes nothing.",
  operator: "Makes, changes and deletes environments, reads their passwords, and adds SSH keys.",
  admin: "Also providers, registries and webhooks, members and invitations, and the audit log.",
  owner: "Everything, including who else is an owner and what the organisation is called.",
};
