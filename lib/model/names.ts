import { createHash } from "node:crypto";

const LABEL_LENGTH = 63;

/** Lower-case letters, digits and single dashes; "x" where nothing of `text` is left. */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-+|-+$/g, "") || "x";
}

/** Slugs joined by dashes into one hostname label; where longer than 63 characters, cut and closed with a hash of the whole. */
export function label(...parts: string[]): string {
  const whole = parts.map(slug).join("-");
  if (whole.length <= LABEL_LENGTH) return whole;
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, 8);
  return `${whole.slice(0, LABEL_LENGTH - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}

/** The name that a deleted server takes, so that its old one is free: name, `-DEL`, 32 hexadecimal characters. */
export const deletedName = (name: string, random: string) => `${name}-DEL${random}`;
