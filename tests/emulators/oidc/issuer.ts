import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Person = { sub: string; email?: string; email_verified?: boolean; name?: string };
export type Issuer = {
  url: string;
  /** Whom the next log-in is of; a real issuer would ask for a password first. */
  person: Person;
  /** Signs with a key that is not among those published, as an impostor would. */
  forge: boolean;
  close(): Promise<void>;
};

export const OIDC_CLIENT = { id: "cloudhero", secret: "the client's secret" };

type Grant = { person: Person; nonce: string | null; challenge: string | null; redirect: string };

const rsa = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const keyId = "one";

/** An OpenID provider on loopback: discovery, authorization code with PKCE, tokens signed by RS256, and the key. */
export async function startIssuer(port = 0): Promise<Issuer> {
  const [key, impostor] = [rsa(), rsa()];
  const grants = new Map<string, Grant>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const issuer: Issuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: { sub: "nobody" },
    forge: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, issuer.url);
    const say = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (url.pathname === "/.well-known/openid-configuration") return void say(200, discovery(issuer.url));
    if (url.pathname === "/jwks")
      return void say(200, {
        keys: [{ ...key.publicKey.export({ format: "jwk" }), kid: keyId, alg: "RS256", use: "sig" }],
      });
    if (url.pathname === "/authorize") return void response.writeHead(302, { location: authorize(url) }).end();
    if (url.pathname === "/token") {
      const grant = redeem(request, new URLSearchParams(await text(request)));
      return void (grant ? say(200, tokens(grant)) : say(400, { error: "invalid_grant" }));
    }
    say(404, {});
  }

  function authorize({ searchParams }: URL): string {
    const code = randomBytes(16).toString("hex");
    const redirect = searchParams.get("redirect_uri")!;
    const [nonce, challenge] = [searchParams.get("nonce"), searchParams.get("code_challenge")];
    grants.set(code, { person: issuer.person, nonce, challenge, redirect });
    const back = new URL(redirect);
    back.searchParams.set("code", code);
    back.searchParams.set("state", searchParams.get("state") ?? "");
    return back.href;
  }

  /** The grant of a code, once, for the client that it was given to and the verifier that it was asked with. */
  function redeem({ headers }: IncomingMessage, form: URLSearchParams): Grant | undefined {
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const verifier = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const [id, secret] = Buffer.from(headers.authorization?.replace("Basic ", "") ?? "", "base64")
      .toString("utf8")
      .split(":")
      .map((word) => decodeURIComponent(word.replaceAll("+", " ")));
    const isClient = id === OIDC_CLIENT.id && secret === OIDC_CLIENT.secret;
    return isClient && verifier === grant?.challenge && form.get("redirect_uri") === grant.redirect ? grant : undefined;
  }

  function tokens({ person, nonce }: Grant) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer.url, aud: OIDC_CLIENT.id, iat: now, exp: now + 300, nonce, ...person };
    const signed = `${part({ alg: "RS256", kid: keyId, typ: "JWT" })}.${part(claims)}`;
    const { privateKey } = issuer.forge ? impostor : key;
    const signature = sign("sha256", Buffer.from(signed), privateKey).toString("base64url");
    return { access_token: randomBytes(16).toString("hex"), token_type: "Bearer", id_token: `${signed}.${signature}` };
  }
  return issuer;
}

const discovery = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
  code_challenge_methods_supported: ["S256"],
});

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
