import ssh2 from "ssh2";

export type KeyPair = {
  /** OpenSSH's own private format, unencrypted. */
  privateKey: string;
  /** One line: type, base64, comment. */
  publicKey: string;
};

const TRIES = 100;

/** A new ed25519 pair. The comment is one line of text. */
export function generateKeyPair(comment: string): KeyPair {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519", { comment });
    // ssh2 cuts leading zeros off a public key, so that one in 256 is none: https://github.com/mscdex/ssh2/blob/master/lib/keygen.js
    if (!(ssh2.utils.parseKey(pair.public) instanceof Error))
      return { privateKey: pair.private, publicKey: pair.public };
  }
  throw new Error(`no ed25519 key came out right in ${TRIES} tries`);
}

/** The base64 part of an OpenSSH public key line, or the blob itself where only that was given. */
export function keyBlob(publicKey: string): string {
  const words = publicKey.trim().split(/\s+/);
  return (words.find((word) => word.startsWith("AAAA")) ?? "").replace(/=+$/, "");
}

/** The key's type as its own bytes say it ("ssh-ed25519"); throws RangeError for what is no public key. */
export function keyType(publicKey: string): string {
  const bytes = Buffer.from(keyBlob(publicKey), "base64");
  const length = bytes.length > 4 ? bytes.readUInt32BE(0) : 0;
  if (length === 0 || length > 64 || bytes.length < 4 + length) throw new RangeError("not an OpenSSH public key");
  return bytes.toString("latin1", 4, 4 + length);
}
