import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** OWASP's cost of 2026: 128 MiB and about 0.3 s. */
const cost = { ln: 17, r: 8, p: 1 };
const keyLength = 32;

/** scrypt in PHC string form: $scrypt$ln=17,r=8,p=1$salt$hash. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${salt.toString("base64url")}$${hash.toString("base64url")}`;
}

/** Whether `password` made `stored`; takes as long where `stored` is null, so that nobody learns which accounts exist. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const match = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored ?? "");
  if (!match) {
    await derive(password, randomBytes(16), cost);
    return false;
  }
  const [, ln, r, p, salt, hash] = match as unknown as string[];
  const expected = Buffer.from(hash!, "base64url");
  const actual = await derive(password, Buffer.from(salt!, "base64url"), {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(actual, expected);
}

function derive(password: string, salt: Buffer, { ln, r, p }: typeof cost): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: 256 * 1024 * 1024 };
  return new Promise((resolve, reject) =>
    scrypt(password.normalize("NFKC"), salt, keyLength, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}
