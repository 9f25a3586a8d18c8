import { createHash, randomBytes } from "node:crypto";

/** A persistent token as the reference shows it: a decimal string of a 128-bit random number. */
export const newPersistentToken = () =>
  BigInt(`0x${randomBytes(16).toString("hex")}`)
    .toString()
    .padStart(38, "0");

/** A refreshing token: 256 random bits in base64url. */
export const newRefreshingToken = () => randomBytes(32).toString("base64url");

/** What is stored of a token: its SHA-256. Enough without salt, because a token is random. */
export const hashToken = (token: string) => createHash("sha256").update(token).digest("hex");

/** How long a refreshing token lives. */
export const refreshingTokenLifeMs = 24 * 60 * 60 * 1000;

/** How long a web session lives. */
export const webSessionLifeMs = 30 * 24 * 60 * 60 * 1000;
