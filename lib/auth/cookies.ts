import { hkdfSync } from "node:crypto";
import { decode } from "next-auth/jwt";
import { AppError } from "#lib/errors.ts";

/** The names that next-auth gives its session cookie, behind TLS and without. */
const cookieNames = ["__Secure-next-auth.session-token", "next-auth.session-token"];

/** The key that signs the web's session cookies: derived, so that CLOUDHERO_SECRET itself signs nothing. */
export function cookieSecret(): string {
  const secret = process.env.CLOUDHERO_SECRET;
  if (!secret) throw new AppError("internal", "CLOUDHERO_SECRET is not set.");
  return Buffer.from(hkdfSync("sha256", secret, "cloudhero", "web sessions", 32)).toString("hex");
}

/** The id of the session row that a browser's cookie names; null without one, or where it was tampered with. */
export async function sessionIdOf(headers: Headers): Promise<string | null> {
  const cookies = parseCookies(headers.get("cookie") ?? "");
  for (const name of cookieNames) {
    const value = joinChunks(cookies, name);
    if (!value) continue;
    const claims = await decode({ token: value, secret: cookieSecret() }).catch(() => null);
    if (typeof claims?.sessionId === "string") return claims.sessionId;
  }
  return null;
}

function parseCookies(header: string): Map<string, string> {
  const pairs = header.split(";").map((pair) => pair.trim().split(/=(.*)/s));
  return new Map(pairs.filter(([name]) => name).map(([name, value]) => [name!, value ?? ""]));
}

/** next-auth cuts a long cookie into name.0, name.1 … */
function joinChunks(cookies: Map<string, string>, name: string): string | undefined {
  if (cookies.has(name)) return cookies.get(name);
  const chunks: string[] = [];
  while (cookies.has(`${name}.${chunks.length}`) && chunks.length < 16)
    chunks.push(cookies.get(`${name}.${chunks.length}`)!);
  return chunks.length > 0 ? chunks.join("") : undefined;
}
