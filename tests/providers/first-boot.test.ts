import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { firstBoot } from "#lib/providers/first-boot.ts";
import { keyPair, newEnvironment, newOwner, newServer } from "./fixtures.ts";

const key = keyPair();
const environment = newEnvironment("somewhere", newOwner(), key);
const spec = () => newServer(environment, "web", "small");

/** The 64 bytes that user data carries for the first server. */
const carried = (text: string) => Buffer.from(/\["web","([^"]+)"\]/.exec(text)![1]!, "base64");

describe("first boot", () => {
  test("carries just the host key's two halves, from an OpenSSH or a PKCS #8 file alike", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
    const { d, x } = createPrivateKey(pkcs8).export({ format: "jwk" });
    const halves = carried(
      firstBoot([["0", { ...spec(), hostKey: { privateKey: pkcs8, publicKey: "" } }]], "launch-index"),
    );
    expect(halves).toEqual(Buffer.concat([Buffer.from(d!, "base64url"), Buffer.from(x!, "base64url")]));
    const openssh = spec();
    const blob = Buffer.from(openssh.hostKey.publicKey.split(" ")[1]!, "base64");
    expect(carried(firstBoot([["0", openssh]], "launch-index")).subarray(32)).toEqual(blob.subarray(-32));
  });

  test("refuses a host key of another kind", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
    const odd = { ...spec(), hostKey: { privateKey: pem, publicKey: "" } };
    expect(() => firstBoot([["0", odd]], "launch-index")).toThrow(/ed25519/);
  });

  test("takes nothing from a key's comment or options that a template or YAML would read", () => {
    const line = `command="{{ evil }}" ${key.publicKey.split(" ").slice(0, 2).join(" ")} {% raw %}: "]}\n- #ann@laptop`;
    const text = firstBoot([["0", { ...spec(), authorizedKeys: [line] }]], "hostname");
    const keys = /ssh_authorized_keys: (.*)\}$/m.exec(text)![1]!;
    expect(JSON.parse(keys)).toEqual([expect.stringMatching(/^ssh-ed25519 \S+ [\w@.+= -]+ann@laptop$/)]);
    expect(text.match(/\{\{.*?\}\}/g)).toEqual(["{{ node[0] }}", "{{ node[1] }}"]);
  });
});
