import { asc, eq } from "drizzle-orm";
import { integrations } from "#drizzle/schema/index.ts";
import { registryFor, registryOf, sourceOf } from "#lib/model/image-reference.ts";
import { registryPasswordPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
import type { Call } from "./call.ts";

const atMost = 1_000;

type AuthConfig = Record<string, string | undefined>;

/** The header with which an engine gets `image`: the client's own, else the organisation's credentials for that registry, if any. */
export async function registryAuth(call: Call, image: string): Promise<Record<string, string>> {
  if (hasCredentials(call.request.headers["x-registry-auth"])) return {};
  const registry = registryFor(await registriesOf(call), sourceOf(image));
  return registry ? { "x-registry-auth": encoded(authOf(registry)) } : {};
}

/** For a build, which may need several registries: the client's own, and the organisation's for hosts that it does not name. */
export async function registryConfig(call: Call): Promise<Record<string, string>> {
  const known = decoded(call.request.headers["x-registry-config"]) as Record<string, AuthConfig>;
  const named = new Set(Object.keys(known).map((url) => registryOf(url).host));
  const added = (await registriesOf(call)).filter(({ url }) => !named.has(registryOf(url).host));
  if (added.length === 0) return {};
  const ours = Object.fromEntries(added.map((registry) => [addressOf(registry.url), authOf(registry)]));
  return { "x-registry-config": encoded({ ...ours, ...known }) };
}

type Registry = typeof integrations.$inferSelect;

const registriesOf = ({ db, caller }: Call): Promise<Registry[]> =>
  db
    .select()
    .from(integrations)
    .where(eq(integrations.organisationId, caller.organisation.id))
    .orderBy(asc(integrations.id))
    .limit(atMost);

const authOf = ({ id, username, password, email, url }: Registry): AuthConfig => ({
  username,
  password: vault().open(password, registryPasswordPlace(id)),
  email: email || undefined,
  serveraddress: addressOf(url),
});

/** Docker Hub is known to engines by its oldest address. */
function addressOf(url: string): string {
  const { host } = registryOf(url);
  return host === "docker.io" ? "https://index.docker.io/v1/" : host;
}

/** Clients send an empty object where they have none. */
function hasCredentials(header: string | string[] | undefined): boolean {
  const auth = decoded(header);
  return ["username", "password", "auth", "identitytoken", "registrytoken"].some((name) => Boolean(auth[name]));
}

function decoded(header: string | string[] | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(String(header ?? ""), "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** With its padding: engines take a header without for none at all. */
function encoded(value: unknown): string {
  const text = Buffer.from(JSON.stringify(value)).toString("base64url");
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}
