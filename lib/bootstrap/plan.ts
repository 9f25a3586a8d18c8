import { getPackage } from "./catalogue.ts";
import type { Credential, PackageName } from "./package.ts";

export type BootstrapPlan = {
  /** What the environment's other nodes call it. */
  nodeName: string;
  /** Installed in this order. */
  packages: PackageName[];
  /** Stopped and disabled; their data and files stay. */
  remove?: PackageName[];
  /** Each login's whole list of keys: others are taken away, so the environment's own must be among them. */
  users: { name: "cloudhero"; authorizedKeys: string[] }[];
  /** Written to /etc/hosts in a block of our own; empty where the network resolves names itself. */
  hosts: { name: string; address: string }[];
  /** One for every package that has a log-in; others are ignored. */
  credentials: Partial<Record<PackageName, Credential>>;
};

const NAME = /^[a-z][a-z0-9_]{0,31}$/;
const PASSWORD = /^[A-Za-z0-9._~-]{8,128}$/;
const HOSTNAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i;
const ADDRESS = /^[0-9a-f.:]{2,45}$/i;
const AUTHORIZED_KEY = /^(ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,3}( [^\p{Cc}]{0,200})?$/u;

/**
 * Holds a plan to the characters that need no quoting in a shell, in SQL, in a configuration file or in a URL, so that
 * nothing in it can become a command. Throws RangeError, which names the field and never a secret.
 */
export function assertPlan(plan: BootstrapPlan): void {
  expect(plan.nodeName, HOSTNAME, "nodeName");
  for (const { name, address } of plan.hosts) {
    expect(name, HOSTNAME, "hosts.name");
    expect(address, ADDRESS, "hosts.address");
  }
  for (const { name, authorizedKeys } of plan.users) {
    expect(name, NAME, "users.name");
    if (authorizedKeys.length === 0) throw new RangeError(`users: ${name} would be left without a key`);
    for (const key of authorizedKeys) expect(key, AUTHORIZED_KEY, "users.authorizedKeys");
  }
  assertCredentials(plan.packages, plan.credentials);
  const both = plan.packages.find((name) => plan.remove?.includes(name));
  if (both) throw new RangeError(`${both} is both wanted and removed`);
}

/** As `assertPlan`, for the credentials alone. */
export function assertCredentials(names: readonly PackageName[], credentials: BootstrapPlan["credentials"]): void {
  for (const name of names) {
    const { login } = getPackage(name);
    const credential = credentials[name];
    if (!login) continue;
    if (!credential) throw new RangeError(`credentials.${name} is missing`);
    expect(credential.username, NAME, `credentials.${name}.username`);
    expect(credential.password, PASSWORD, `credentials.${name}.password`);
    if (login.database) expect(credential.database ?? "", NAME, `credentials.${name}.database`);
    const twin = login.sharedWith && names.includes(login.sharedWith) ? credentials[login.sharedWith] : undefined;
    if (twin && twin.password !== credential.password) {
      throw new RangeError(`credentials.${name} and credentials.${login.sharedWith} are one server's and differ`);
    }
  }
}

function expect(value: string, pattern: RegExp, field: string): void {
  if (!pattern.test(value)) throw new RangeError(`${field} is not of the form ${pattern}`);
}
