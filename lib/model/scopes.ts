/** What a token may be for, where that is less than all that its role may. `write` includes `read` of the same. */
export const scopes = [
  "environments:read",
  "environments:write",
  "providers:read",
  "providers:write",
  "docker",
  "integrations",
  "team",
  "audit",
] as const;
export type Scope = (typeof scopes)[number];

/** Whether a token with these scopes may what needs `wanted`; null: all that its role may. */
export function includesScope(held: readonly string[] | null, wanted: Scope): boolean {
  return held === null || held.includes(wanted) || held.includes(wanted.replace(/:read$/, ":write"));
}

/** What each is for, in words for people. */
export const scopeWords: Record<Scope, string> = {
  "environments:read": "See environments, applications, templates and packages",
  "environments:write": "Make, change, stop and delete them; read their passwords",
  "providers:read": "See providers, their regions, sizes and prices",
  "providers:write": "Add, rotate and remove providers and orphans",
  docker: "Docker’s own traffic, certificates and contexts",
  integrations: "Registries and webhooks",
  team: "Members, invitations, tokens and SSH keys",
  audit: "Read the audit log",
};
