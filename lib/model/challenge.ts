/**
 * The token service that a registry names by its `WWW-Authenticate` (RFC 6750, as
 * https://distribution.github.io/distribution/spec/auth/token/ has it); null where it asks for Basic. `base`: where it was
 * asked. Throws where none can be asked, or the password would go there in clear though it came here in secret.
 */
export function tokenServiceOf(challenge: string, base: string): { realm: string; service: string | undefined } | null {
  if (!/^bearer /i.test(challenge)) return null;
  const { realm, service } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  if (!realm) throw new Error("it asks for a token and does not say from where");
  if (URL.parse(base)?.protocol === "https:" && URL.parse(realm)?.protocol !== "https:")
    throw new Error(`it names a token service without TLS (${realm}), where the password would travel in clear`);
  return { realm, service };
}
