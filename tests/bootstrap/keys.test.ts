import { expect, test } from "vitest";
import { generateKeyPair, keyBlob } from "#lib/bootstrap/ssh/keys.ts";

const HEADER_BYTES = 4 + "ssh-ed25519".length + 4;

test("every key pair is whole, also the one in 256 whose public key begins with a zero", () => {
  const lengths = Array.from({ length: 2_000 }, () => {
    const { publicKey } = generateKeyPair("node");
    return Buffer.from(keyBlob(publicKey), "base64").length - HEADER_BYTES;
  });
  expect(new Set(lengths)).toEqual(new Set([32]));
});
