import type { whoAmI } from "#lib/domain/accounts/me.ts";
import type { listSessions } from "#lib/domain/accounts/sessions.ts";

export const presentMe = ({ user, organisation, role, scopes, ...me }: Awaited<ReturnType<typeof whoAmI>>) => ({
  id: user.id,
  email: user.email,
  name: user.name,
  organisation: { id: organisation.id, name: organisation.name },
  role,
  scopes: scopes && [...scopes],
  has_password: me.hasPassword,
  identities: me.identities.map(({ provider, createdAt }) => ({ provider, created_at: createdAt })),
});

export const presentSession = (session: Awaited<ReturnType<typeof listSessions>>[number]) => ({
  id: session.id,
  kind: session.kind,
  organisation: session.organisation,
  current: session.current,
  created_at: session.createdAt,
  expires_at: session.expiresAt,
});
