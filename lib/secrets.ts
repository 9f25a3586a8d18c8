import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "./errors.ts";

/** Something encrypted: key id, nonce, tag and ciphertext in base64url, joined by dots. */
export type Sealed = string & { readonly sealed: unique symbol };

/** Encrypts for one row: what was sealed for one `place` ("providers/ID/secrets") opens for no other. */
export type Vault = {
  readonly keyId: string;
  seal(plain: string, place: string): Sealed;
  /** Throws AppError "internal" for another place, another key, or changed bytes. */
  open(sealed: string, place: string): string;
};

/** A vault of AES-256-GCM under a key derived from `secret` (HKDF-SHA256). */
export function openVault(secret: string): Vault {
  const key = Buffer.from(hkdfSync("sha256", secret, "cloudhero", "secrets at rest", 32));
  const keyId = createHash("sha256").update(key).digest("hex").slice(0, 8);
  return {
    keyId,
    seal(plain, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [keyId, ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString("base64url"))].join(
        ".",
      ) as Sealed;
    },
    open(sealed, place) {
      const [id, nonce, tag, body] = sealed.split(".");
      if (id !== keyId)
        throw new AppError(
          "internal",
          `A secret is sealed under key ${id}, not under this CLOUDHERO_SECRET (${keyId}).`,
        );
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce ?? "", "base64url"));
        decipher.setAAD(Buffer.from(place)).setAuthTag(Buffer.from(tag ?? "", "base64url"));
        return Buffer.concat([decipher.update(Buffer.from(body ?? "", "base64url")), decipher.final()]).toString(
          "utf8",
        );
      } catch (cause) {
        throw new AppError("internal", "A secret in the database cannot be opened.", { cause });
      }
    },
  };
}

/** The secret as a person may see it: bullets, plus the last 4 characters where it has 20 or more. */
export function mask(secret: string): string {
  return secret.length >= 20 ? `${"•".repeat(8)}${secret.slice(-4)}` : "•".repeat(8);
}

const signingPrefix = "whsec_";

/** A key for signing, as Standard Webhooks writes one: 32 random bytes in base64 after a prefix. */
export const newSigningSecret = (): string => signingPrefix + randomBytes(32).toString("base64");

/** The bytes of such a key. */
export const signingKey = (secret: string): Buffer => Buffer.from(secret.slice(signingPrefix.length), "base64");
