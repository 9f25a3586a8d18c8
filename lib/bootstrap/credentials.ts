import { randomInt } from "node:crypto";
import { getPackage } from "./catalogue.ts";
import type { Credential, PackageName } from "./package.ts";

export type Credentials = Partial<Record<PackageName, Credential>>;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** 24 letters and digits, 142 bits: needs no quoting in a shell, in SQL or in a URL. */
export function generatePassword(): string {
  return Array.from({ length: 24 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/**
 * A credential for each of a node's packages that has a log-in: the existing one where there is one, and the same one
 * for two packages that are one server.
 */
export function credentialsFor(names: readonly PackageName[], existing: Credentials = {}): Credentials {
  const credentials: Credentials = {};
  for (const name of names) {
    const { login } = getPackage(name);
    if (!login) continue;
    const twin = login.sharedWith;
    const shared = twin && names.includes(twin) ? (credentials[twin] ?? existing[twin]) : undefined;
    credentials[name] = credentials[name] ??
      shared ??
      existing[name] ?? {
        username: "cloudhero",
        password: generatePassword(),
        ...(login.database ? { database: login.database } : {}),
      };
  }
  return credentials;
}
