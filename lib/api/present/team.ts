import type { IntegrationView } from "#lib/domain/integrations/view.ts";
import type { Scope } from "#lib/model/scopes.ts";

type Token = {
  id: string;
  name: string;
  role: "viewer" | "operator" | "admin" | "owner";
  scopes: string[] | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
};

export const presentToken = (token: Token) => ({
  id: token.id,
  name: token.name,
  role: token.role,
  scopes: token.scopes as Scope[] | null,
  expires_at: token.expiresAt,
  last_used_at: token.lastUsedAt,
  created_at: token.createdAt,
});

type Key = { id: string; name: string; publicKey: string; fingerprint: string; createdAt: Date };

export const presentKey = (key: Key) => ({
  id: key.id,
  name: key.name,
  public_key: key.publicKey,
  fingerprint: key.fingerprint,
  created_at: key.createdAt,
});

/** A registry as the reference shows it. */
export const presentIntegration = (integration: IntegrationView) => ({
  name: integration.name,
  organisation: integration.organisationId,
  type: integration.type,
  id: integration.id,
  integration_meta: {
    url: integration.url,
    username: integration.username,
    password: integration.password,
    email: integration.email ?? "",
  },
  _name: integration.slug,
  verified: integration.verified,
  reason: integration.reason,
});
