import { randomUUID, sign, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { issueServer, newAuthority } from "#lib/cluster/certificates.ts";

export const issuer = "test tokens";
export const service = "test registry";

const lifeSeconds = 300;
const base64 = (value: string | Buffer) => Buffer.from(value).toString("base64url");

/**
 * The token service of a registry (https://distribution.github.io/distribution/spec/auth/token/): who logs in by Basic
 * gets what they ask for. `bundle`: where the certificate that its tokens are signed by is written to.
 */
export async function startTokenService(host: string, port: number, users: Record<string, string>, bundle: string) {
  const authority = await newAuthority("tokens", 1);
  const signer = await issueServer(authority, { dns: ["tokens"], ip: [] }, 1);
  writeFileSync(bundle, authority.certificate);
  const header = { typ: "JWT", alg: "ES256", x5c: [new X509Certificate(signer.certificate).raw.toString("base64")] };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, "http://localhost");
    const [, basic = ""] = (request.headers.authorization ?? "").split(" ");
    const [name = "", ...rest] = Buffer.from(basic, "base64").toString().split(":");
    asked.push(`${name} ${searchParams.get("scope") ?? "logs in"}`);
    if (!users[name] || users[name] !== rest.join(":")) return void response.writeHead(401).end("{}");
    const access = searchParams.getAll("scope").map((scope) => {
      const [type, path, actions = ""] = scope.split(":");
      return { type, name: path, actions: actions.split(",") };
    });
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now - 10, exp: now + lifeSeconds };
    const claims = { iss: issuer, sub: name, aud: searchParams.get("service"), jti: randomUUID(), ...times, access };
    const text = `${base64(JSON.stringify(header))}.${base64(JSON.stringify(claims))}`;
    const key = { key: signer.privateKey, dsaEncoding: "ieee-p1363" } as const;
    const token = `${text}.${base64(sign("sha256", Buffer.from(text), key))}`;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ token, expires_in: lifeSeconds, issued_at: new Date().toISOString() }));
  });
  server.listen(port, host);
  await once(server, "listening");
  return {
    realm: `http://${host}:${port}/token`,
    /** Who asked for what. */
    asked,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
