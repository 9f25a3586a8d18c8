import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { credentialsFor } from "#lib/bootstrap/credentials.ts";
import { type PackageName, packageNames } from "#lib/bootstrap/package.ts";
import type { BootstrapPlan } from "#lib/bootstrap/plan.ts";
import { renderChecks, renderScript } from "#lib/bootstrap/script/render.ts";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";

function plan(packages: PackageName[], rest: Partial<BootstrapPlan> = {}): BootstrapPlan {
  const users = [{ name: "cloudhero" as const, authorizedKeys: [generateKeyPair("me@home").publicKey] }];
  const hosts = [{ name: "db-1", address: "10.0.0.2" }];
  return { nodeName: "web", packages, users, hosts, credentials: credentialsFor(packages), ...rest };
}

const bash = (script: string) => execFileSync("bash", ["-n"], { input: script, timeout: 10_000, stdio: "pipe" });
const steps = (script: string) => [...script.matchAll(/^echo '::cloudhero step (.+)'$/gm)].map(([, step]) => step);

describe("the script", () => {
  test.each([[[]], [["nginx"]], [[...packageNames]], [["mysql", "redis"]]] as [PackageName[]][])(
    "of %j is bash",
    (names) => {
      bash(renderScript(plan(names)));
      bash(renderChecks(names, credentialsFor(names)));
      expect(() => bash(`${renderScript(plan(names))}\nif`)).toThrow();
    },
  );

  test("numbers its steps, one for each package", () => {
    expect(steps(renderScript(plan(["mysql", "nginx"], { remove: ["redis"] })))).toEqual([
      "1 5 preparing",
      "2 5 removing redis",
      "3 5 installing mysql",
      "4 5 installing nginx",
      "5 5 checking",
    ]);
    expect(steps(renderScript(plan([])))).toEqual(["1 2 preparing", "2 2 checking"]);
  });

  test("installs one server where mysql and mariadb are both wanted, and never stops what is kept", () => {
    const both = renderScript(plan(["mysql", "mariadb"]));
    expect(both).not.toContain("default-mysql-server");
    expect(renderScript(plan(["mysql"]))).toContain("apt_install default-mysql-server");
    expect(renderScript(plan(["mysql"], { remove: ["mariadb"] }))).not.toMatch(/^retire /m);
    expect(renderScript(plan([], { remove: ["mariadb"] }))).toMatch(/^retire 'mariadb\.service'$/m);
  });

  test.each([
    ["a host name", { hosts: [{ name: "a;reboot", address: "10.0.0.1" }] }],
    ["an address", { hosts: [{ name: "a", address: "10.0.0.1 evil" }] }],
    [
      "a key with a line break",
      { users: [{ name: "cloudhero", authorizedKeys: ["ssh-ed25519 AAAA a\nEND_OF_LINES"] }] },
    ],
    ["a key with options", { users: [{ name: "cloudhero", authorizedKeys: ['command="x" ssh-ed25519 AAAA'] }] }],
    ["no key at all", { users: [{ name: "cloudhero", authorizedKeys: [] }] }],
    ["a password", { credentials: { redis: { username: "a", password: "$(reboot)'x" } } }],
    ["a missing password", { credentials: {} }],
    ["a package both wanted and removed", { remove: ["redis"] }],
  ] as [string, Partial<BootstrapPlan>][])("refuses %s that could be a command, without repeating it", (_, part) => {
    expect(() => renderScript(plan(["redis"], part))).toThrow(RangeError);
    expect(() => renderScript(plan(["redis"], part))).not.toThrow(/reboot/);
  });

  test("refuses two passwords for one server", () => {
    const credentials = { ...credentialsFor(["mysql"]), ...credentialsFor(["mariadb"]) };
    expect(() => renderScript(plan(["mysql", "mariadb"], { credentials }))).toThrow(/differ/);
  });
});
