import { getPackage, portsOf } from "../catalogue.ts";
import type { Package, PackageName } from "../package.ts";
import { assertCredentials, assertPlan, type BootstrapPlan } from "../plan.ts";
import { apt } from "./apt.ts";
import { checking } from "./checking.ts";
import { files } from "./files.ts";
import { preparing } from "./preparing.ts";
import { services } from "./services.ts";

/** All work is in functions, called at the end: the script is read whole before it runs, and half a script runs nothing. */
const opening = `set -euo pipefail
umask 022
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true
export NEEDRESTART_SUSPEND=1 APT_LISTCHANGES_FRONTEND=none UCF_FORCE_CONFFOLD=1
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
package=
state=/var/lib/cloudhero
`;

/**
 * The bash script, run as root, that brings a Debian 12 or Ubuntu 24.04 server to the plan; it may run any number of
 * times. It contains the plan's secrets: it goes to a shell's standard input and nowhere else. On standard output it
 * says `::cloudhero step 2 5 installing mysql` at each step and `::cloudhero package mysql 10.11.6 ok` at its end.
 * Throws RangeError for a plan that `assertPlan` refuses.
 */
export function renderScript(plan: BootstrapPlan): string {
  assertPlan(plan);
  const removed = (plan.remove ?? []).map(getPackage);
  const packages = plan.packages.map(getPackage);
  const steps = packages.length + removed.length + 2;
  const announce = (step: number, title: string) => `echo '::cloudhero step ${step} ${steps} ${title}'`;
  const kept = new Set(packages.flatMap(({ units }) => units));
  return script(plan.packages, plan.credentials, [
    `trap 'release_services; rm -rf "$scratch"' EXIT`,
    "trap 'echo stopped; exit 143' TERM",
    announce(1, "preparing"),
    ...preparing(plan, [...new Set(aptOf(packages))]),
    ...removed.flatMap((one, index) => [
      announce(index + 2, `removing ${one.name}`),
      ...one.units.filter((unit) => !kept.has(unit)).map((unit) => `retire '${unit}'`),
    ]),
    ...packages.flatMap(({ name }, index) => [
      announce(index + removed.length + 2, `installing ${name}`),
      `package=${name}`,
      `settings_${name}`,
      `apt_install ${aptOf([getPackage(name)], packages).join(" ")}`,
      `configure_${name}`,
    ]),
    "package=",
    "release_services",
    announce(steps, "checking"),
    ...packages.map(({ name, patience = 30 }) => `check_package ${name} ${patience}`),
    '[ "$failed" = 0 ]',
  ]);
}

/** Only the checks, each tried once; the exit status is 0 whatever they find. */
export function renderChecks(names: readonly PackageName[], credentials: BootstrapPlan["credentials"]): string {
  assertCredentials(names, credentials);
  return script(
    names,
    credentials,
    names.map((name) => `check_package ${name} 0`),
  );
}

function script(names: readonly PackageName[], credentials: BootstrapPlan["credentials"], main: string[]): string {
  const ports = portsOf(names);
  const parts = names.map((name) => packageFunctions(getPackage(name), credentials[name], ports[name]?.[0]));
  return [
    opening,
    files,
    services,
    apt,
    checking,
    ...parts,
    "main() {",
    "exec 2>&1",
    'mkdir -p "$state"',
    'scratch="$(mktemp -d)"',
    `trap 'rm -rf "$scratch"' EXIT`,
    ...main,
    "}",
    "main </dev/null",
    "",
  ].join("\n");
}

function packageFunctions(one: Package, credential: BootstrapPlan["credentials"][PackageName], port?: number): string {
  const { username = "", password = "", database = "" } = one.login ? (credential ?? {}) : {};
  const settings = [
    `port='${port ?? ""}' username='${username}' password='${password}' database='${database}'`,
    `version_names=(${one.versionOf.map((glob) => `'${glob}'`).join(" ")})`,
  ];
  return [
    `settings_${one.name}() {\n${settings.join("\n")}\n}`,
    `configure_${one.name}() {\n${one.configure.trim() || ":"}\n}`,
    `check_${one.name}() {\n${one.check.trim()}\n}`,
  ].join("\n");
}

/** Where both packages of a shared server are wanted, the one with the plainer name of its own (mariadb) is installed. */
function aptOf(packages: Package[], beside: Package[] = packages): string[] {
  return packages.flatMap((one) => {
    const twin = one.apt.some((name) => name.startsWith("default-"))
      ? beside.find(({ name }) => name === one.login?.sharedWith)
      : undefined;
    return twin?.apt ?? one.apt;
  });
}
