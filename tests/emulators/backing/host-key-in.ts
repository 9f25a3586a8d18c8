import type { BackedServer } from "./backing.ts";

const NODES = /^\{% set node = (\{.*\})\[(.*)\] %\}$/m;

/** The first host key that user data gives a server, as an OpenSSH private key file; throws where there is none. */
export function hostKeyIn(userData: string, { hostname, launchIndex }: BackedServer): string {
  const [, json = "{}", selector = ""] = NODES.exec(userData) ?? [];
  const nodes = JSON.parse(json) as Record<string, [name: string, secret: string]>;
  const found = nodes[selector.includes("launch_index") ? String(launchIndex) : hostname];
  if (!found) throw new Error(`the user data has no host key for ${hostname} (${launchIndex})`);
  return privateKeyFile(Buffer.from(found[1], "base64"));
}

/** Seed and public half of an ed25519 key, 64 bytes, as OpenSSH writes them. */
function privateKeyFile(secret: Buffer): string {
  const text = (bytes: Buffer | string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(bytes));
    return Buffer.concat([length, Buffer.from(bytes)]);
  };
  const publicKey = Buffer.concat([text("ssh-ed25519"), text(secret.subarray(32))]);
  const body = Buffer.concat([Buffer.alloc(8), publicKey, text(secret), text("")]);
  const padding = Buffer.from(Array.from({ length: (8 - (body.length % 8)) % 8 }, (_, index) => index + 1));
  const one = Buffer.from([0, 0, 0, 1]);
  const parts = [text("none"), text("none"), text(""), one, text(publicKey), text(Buffer.concat([body, padding]))];
  const blob = Buffer.concat([Buffer.from("openssh-key-v1\0"), ...parts]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${blob.toString("base64").replace(/.{70}/g, "$&\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
