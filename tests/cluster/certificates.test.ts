import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Authority,
  issueClient,
  issueServer,
  newAuthority,
  revocationList,
  signRequest,
  urisOf,
} from "#lib/cluster/certificates.ts";

const folder = mkdtempSync(join(tmpdir(), "certificates-"));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};
const openssl = (...args: string[]) =>
  execFileSync("openssl", args, { cwd: folder, encoding: "utf8", stdio: "pipe", timeout: 20_000 });
const verify = (...args: string[]) => {
  try {
    return openssl("verify", "-x509_strict", ...args).trim();
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
};

let authority: Authority;
beforeAll(async () => {
  authority = await newAuthority("CloudHero test", 10);
  file("ca.pem", authority.certificate);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("certificates, as OpenSSL reads them", () => {
  test("a node's request is signed for the names that we know, whatever it asks for", async () => {
    openssl(
      "req",
      "-new",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      "node.key",
      "-out",
      "node.csr",
      "-subj",
      "/CN=somebody-else",
      "-addext",
      "subjectAltName=DNS:evil.example",
    ); // prettier-ignore
    const request = execFileSync("cat", [join(folder, "node.csr")], { encoding: "utf8" });
    const signed = await signRequest(authority, request, { dns: ["one.example"], ip: ["10.0.0.5", "fd00::5"] }, 3);
    const leaf = file("node.pem", signed.certificate);
    expect(verify("-CAfile", "ca.pem", "-purpose", "sslserver", "-verify_ip", "10.0.0.5", leaf)).toBe("node.pem: OK");
    expect(verify("-CAfile", "ca.pem", "-verify_hostname", "one.example", leaf)).toBe("node.pem: OK");
    expect(openssl("x509", "-in", leaf, "-noout", "-text")).not.toMatch(/evil|somebody/);
    expect(verify("-CAfile", "ca.pem", "-purpose", "sslclient", leaf)).toMatch(/unsuitable certificate purpose/);
  });

  test("a request that is none is refused", async () => {
    await expect(signRequest(authority, "nonsense", { dns: ["a"], ip: [] }, 3)).rejects.toMatchObject({
      code: "invalid",
    });
  });

  test("a client's certificate says who it is, serves no server, and can be taken back", async () => {
    const client = await issueClient(authority, "ada@example.com", "cloudhero://environments/e/certificates/c", 1);
    const leaf = file("client.pem", client.certificate);
    expect(urisOf(client.certificate)).toEqual(["cloudhero://environments/e/certificates/c"]);
    expect(verify("-CAfile", "ca.pem", "-purpose", "sslclient", leaf)).toBe("client.pem: OK");
    expect(verify("-CAfile", "ca.pem", "-purpose", "sslserver", leaf)).toMatch(/unsuitable certificate purpose/);
    const check = () => verify("-CAfile", "ca.pem", "-crl_check", "-CRLfile", "crl.pem", leaf);
    file("crl.pem", await revocationList(authority, []));
    expect(check()).toBe("client.pem: OK");
    file("crl.pem", await revocationList(authority, [client.serial]));
    expect(check()).toMatch(/certificate revoked/);
  });

  test("nothing outlives its authority, and another authority's is refused", async () => {
    const server = await issueServer(authority, { dns: ["localhost"], ip: ["127.0.0.1"] }, 400);
    file("server.pem", server.certificate);
    file("other.pem", (await newAuthority("CloudHero test", 10)).certificate);
    expect(openssl("x509", "-in", "server.pem", "-noout", "-enddate")).toBe(
      openssl("x509", "-in", "ca.pem", "-noout", "-enddate"),
    );
    expect(verify("-CAfile", "other.pem", "server.pem")).toMatch(/verification failed/);
  });
});
