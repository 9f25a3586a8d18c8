import type { NextAuthOptions } from "next-auth";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import type { Config } from "#lib/config.ts";

type Provider = NextAuthOptions["providers"][number];

/** Who a provider says that somebody is. */
export type Claims = {
  /** "github", "google", "oidc" */
  provider: string;
  /** The provider's own id of the person. */
  subject: string;
  email: string | null;
  /** Whether the provider has made sure that the address is the person's. */
  verified: boolean;
  name: string | null;
};

/** What stands on a button: "GitHub". */
export type LoginProvider = { id: string; name: string };

const timeoutMs = 10_000;
const http = { timeout: timeoutMs };

/** Where people may log in by, for buttons. */
export function loginProviders({ github, google, oidc }: Config["logins"]): LoginProvider[] {
  return [
    ...(github ? [{ id: "github", name: "GitHub" }] : []),
    ...(google ? [{ id: "google", name: "Google" }] : []),
    ...(oidc ? [{ id: "oidc", name: oidc.name }] : []),
  ];
}

/** The same for next-auth, each with every check that its protocol has. */
export function nextAuthProviders({ github, google, oidc }: Config["logins"]): Provider[] {
  return [
    ...(github ? [githubProvider(github)] : []),
    ...(google ? [Google({ clientId: google.id, clientSecret: google.secret, httpOptions: http })] : []),
    ...(oidc ? [openIdProvider(oidc)] : []),
  ];
}

function openIdProvider({ issuer, name, id, secret }: NonNullable<Config["logins"]["oidc"]>): Provider {
  return {
    id: "oidc",
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId: id,
    clientSecret: secret,
    httpOptions: http,
    profile: (claims: Record<string, string>) => ({ id: claims.sub!, name: claims.name, email: claims.email }),
  };
}

type Address = { email: string; primary: boolean; verified: boolean };

/** GitHub's profile shows an address that it does not vouch for: the list of addresses says which are verified. */
function githubProvider({ id, secret }: { id: string; secret: string }): Provider {
  const provider = GitHub({ clientId: id, clientSecret: secret, httpOptions: http });
  return {
    ...provider,
    checks: ["pkce", "state"],
    userinfo: {
      url: "https://api.github.com/user",
      async request({ client, tokens }) {
        const profile = await client.userinfo(tokens.access_token!);
        const answer = await fetch("https://api.github.com/user/emails", {
          headers: { authorization: `Bearer ${tokens.access_token}`, accept: "application/vnd.github+json" },
          signal: AbortSignal.timeout(timeoutMs),
        });
        const addresses = answer.ok ? ((await answer.json()) as Address[]) : [];
        const primary = addresses.find((address) => address.primary && address.verified);
        return { ...profile, email: primary?.email, email_verified: primary !== undefined };
      },
    },
  };
}

/** What a provider's profile says; an address counts as verified only where that is said. */
export function claimsOf(provider: string, subject: string, profile: Record<string, unknown>): Claims {
  const text = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value.trim() : null);
  return {
    provider,
    subject,
    email: text(profile.email)?.toLowerCase() ?? null,
    verified: profile.email_verified === true || profile.email_verified === "true",
    name: text(profile.name)?.slice(0, 64) ?? null,
  };
}
