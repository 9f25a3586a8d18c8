import type { BootstrapPlan } from "../plan.ts";

/** Services held back, first boot finished (bounded), log-ins and names in place, and every wanted package's files fetched. */
export function preparing(plan: BootstrapPlan, apt: string[]): string[] {
  return [
    "hold_services",
    "if command -v cloud-init >/dev/null; then timeout 300 cloud-init status --wait >/dev/null || true; fi",
    `logins='${plan.users.map(({ name }) => name).join(" ")}'`,
    ...plan.users.flatMap(({ name, authorizedKeys }) => login(name, authorizedKeys)),
    heredoc(
      "put_block /etc/hosts",
      plan.hosts.map(({ name, address }) => `${address} ${name}`),
    ),
    apt.length > 0 ? `fetch ${apt.join(" ")}` : "patiently dpkg --configure -a",
  ];
}

function login(name: string, authorizedKeys: string[]): string[] {
  return [
    `id -u ${name} >/dev/null 2>&1 || useradd --create-home --shell /bin/bash ${name}`,
    `home="$(getent passwd ${name} | cut -d: -f6)"`,
    `install -d -o ${name} -g "$(id -gn ${name})" -m 700 "$home/.ssh"`,
    heredoc(`put_file "$home/.ssh/authorized_keys" "${name}:$(id -gn ${name})" 600`, [
      "# Kept by CloudHero; keys of your own go to authorized_keys2.",
      ...authorizedKeys,
    ]),
  ];
}

/** Lines given to a command as they are. */
function heredoc(command: string, lines: string[]): string {
  return [`${command} <<'END_OF_LINES'`, ...lines, "END_OF_LINES"].join("\n");
}
