import { randomBytes } from "node:crypto";

/** 24 lower-case hexadecimal characters: 48 bits of milliseconds since 1970, then 48 random bits; sorts by creation time. */
export function newId(now = Date.now()): string {
  return now.toString(16).padStart(12, "0") + randomBytes(6).toString("hex");
}

export const ID_PATTERN = /^[0-9a-f]{24}$/;

/** A random number of `bits` as lower-case hexadecimal. */
export function randomHex(bits: number): string {
  return randomBytes(bits / 8).toString("hex");
}
