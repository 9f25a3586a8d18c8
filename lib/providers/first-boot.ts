import { createPrivateKey } from "node:crypto";
import type { ServerSpec } from "./provider.ts";

/** How a server of a batch knows which one it is: by EC2's launch index, or by the hostname it was given. */
export type Selector = "launch-index" | "hostname";

const SELECTORS: Record<Selector, string> = {
  "launch-index": "ds.meta_data.ami_launch_index | string",
  hostname: "v1.local_hostname",
};

// An OpenSSH private key file is the same for every ed25519 key, but for the public and the secret half.
const WRITE_HOST_KEY = `
import base64, os, struct, sys
s = lambda b: struct.pack('>I', len(b)) + b
secret = base64.b64decode(sys.argv[1])
public = s(b'ssh-ed25519') + s(secret[32:])
body = bytes(8) + public + s(secret) + s(b'')
body += bytes(range(1, 1 + -len(body) % 8))
blob = b'openssh-key-v1\\0' + s(b'none') * 2 + s(b'') + struct.pack('>I', 1) + s(public) + s(body)
text = base64.b64encode(blob).decode()
lines = '\\n'.join(text[i:i + 70] for i in range(0, len(text), 70))
path = '/etc/ssh/ssh_host_ed25519_key'
os.umask(0o077)
open(path, 'w').write('-----BEGIN OPENSSH PRIVATE KEY-----\\n' + lines + '\\n-----END OPENSSH PRIVATE KEY-----\\n')
open(path + '.pub', 'w').write('ssh-ed25519 ' + base64.b64encode(public).decode() + '\\n')
os.chmod(path + '.pub', 0o644)
`;

/**
 * The user data that a batch of servers shares: it makes login cloudhero with the keys of the first spec, and gives
 * each server its own hostname and first host key. It runs once per server: a host key replaced later stays.
 */
export function firstBoot(specs: [label: string, spec: ServerSpec][], selector: Selector): string {
  const nodes = Object.fromEntries(specs.map(([label, spec]) => [label, [spec.nodeName, secretHalf(spec)]]));
  const keys = (specs[0]?.[1].authorizedKeys ?? []).map(plainKey);
  return [
    "## template: jinja",
    "#cloud-config",
    `{% set node = ${JSON.stringify(nodes)}[${SELECTORS[selector]}] %}`,
    'hostname: "{{ node[0] }}"',
    "preserve_hostname: false",
    "manage_etc_hosts: localhost",
    "ssh_pwauth: false",
    "disable_root: true",
    "ssh_deletekeys: false",
    "ssh_genkeytypes: [ed25519]",
    "users:",
    '  - {name: cloudhero, shell: /bin/bash, lock_passwd: true, sudo: "ALL=(ALL) NOPASSWD:ALL",',
    `     ssh_authorized_keys: ${JSON.stringify(keys)}}`,
    "bootcmd:",
    `  - [cloud-init-per, instance, cloudhero_host_key, python3, -c, ${JSON.stringify(WRITE_HOST_KEY)}, "{{ node[1] }}"]`,
    "",
  ].join("\n");
}

/** Base64 of an ed25519 key's seed and public half: 64 bytes, all that makes one key differ from another. */
function secretHalf({ hostKey }: ServerSpec): string {
  return opensshSecret(hostKey.privateKey).toString("base64");
}

/** Reads the secret out of an OpenSSH (or PKCS #8) private key file; throws RangeError for any other kind of key. */
function opensshSecret(pem: string): Buffer {
  if (!pem.includes("OPENSSH")) {
    const { d = "", x = "", crv } = createPrivateKey(pem).export({ format: "jwk" });
    if (crv !== "Ed25519") throw new RangeError("a first host key must be an ed25519 key");
    return Buffer.concat([Buffer.from(d, "base64url"), Buffer.from(x, "base64url")]);
  }
  const blob = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
  let at = "openssh-key-v1\0".length;
  const next = () => {
    const length = blob.readUInt32BE(at);
    at += 4 + length;
    return blob.subarray(at - length, at);
  };
  const [cipher] = [next(), next(), next()];
  at += 4;
  next();
  at += 4 + 8;
  const type = next();
  if (cipher?.toString() !== "none" || type.toString() !== "ssh-ed25519") {
    throw new RangeError("a first host key must be an ed25519 key without a passphrase");
  }
  next();
  return Buffer.from(next());
}

/** A public key line without options, its comment in letters that neither a template nor YAML reads anything into. */
function plainKey(line: string): string {
  const [, key, comment = ""] = /((?:ssh|ecdsa|sk)-[\w@.-]+ [A-Za-z0-9+/=]+)\s*(.*)$/s.exec(line.trim()) ?? [];
  if (!key) throw new RangeError("an authorized key must be a line of an OpenSSH public key");
  return `${key} ${comment.replace(/[^\w@.+= -]/g, "_")}`.trim();
}
