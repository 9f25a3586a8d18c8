import type { CommandResult, RunOptions, SshConnection } from "./connect.ts";

/**
 * Runs on the server as root with nothing secret in its arguments. It reads "BYTES SECONDS", then the script, and runs
 * it as one transient systemd service: the service's name is the lock, its control group is what a stop ends, and its
 * RuntimeMaxSec ends it even where nobody can tell that we are gone. A run that is under way is stopped first; one
 * that was ended by a newer one does not come back, and answers 143 however early it was ended. Where its input ends (connection lost, caller gave
 * up), the script is stopped with everything that it started.
 */
const launcher = `
set -u
unit=cloudhero-bootstrap.service
owner=/run/cloudhero-bootstrap.owner
identity="$$ $(date +%s%N)"
begun="/run/cloudhero-bootstrap.$$"
rm -f "$begun"
IFS=' ' read -r bytes seconds
script="$(head -c "$bytes")"
[ "\${#script}" -gt 0 ] || exit 1
exec 3<&0
ours() { [ "$(cat "$owner" 2>/dev/null)" = "$identity" ]; }
(
  while IFS= read -r -u 3 _; do :; done
  ours && timeout 60 systemctl stop "$unit"
  kill $$
) >/dev/null 2>&1 &
watcher=$!
status=1
for try in 1 2 3 4 5 6 7 8 9 10; do
  timeout 60 systemctl stop "$unit" 2>/dev/null
  systemd-run --quiet --pipe --wait --collect --service-type=exec --unit="$unit" \\
    --property=TimeoutStopSec=5 --property=RuntimeMaxSec="$seconds" \\
    bash -c 'echo "$1" >"$2"; : >"$3"; bash -s; status=$?; echo ended >"$3"; exit "$status"' \\
    cloudhero "$identity" "$owner" "$begun" \\
    < <(printf '%s\\n' "$script") 2>/run/cloudhero-bootstrap.refusal
  status=$?
  if [ -e "$begun" ] || [ "$status" = 0 ]; then break; fi
  sleep 0.5
done
# To systemd a service that TERM ends has done well; only one that wrote its own end has.
if [ "$status" = 0 ] && ! [ -s "$begun" ]; then status=143; fi
[ -e "$begun" ] || cat /run/cloudhero-bootstrap.refusal
rm -f "$begun"
kill "$watcher" 2>/dev/null
exit "$status"`;

/**
 * Runs a bash script as root, the only one at a time on that server: a run that is still under way there (a previous
 * caller's) is ended first, with all its processes. The script's text is in no argument list and in no file. However
 * this call ends, so does the script, within about 5 s. Errors are those of `run`.
 */
export function runExclusively(
  connection: SshConnection,
  script: string,
  options: Omit<RunOptions, "stdin" | "keepInputOpen">,
): Promise<CommandResult> {
  const bytes = Buffer.byteLength(script);
  const seconds = Math.ceil(options.timeoutMs / 1000);
  return connection.run(`${asRoot(connection)} bash -c '${launcher.replaceAll("'", "'\\''")}'`, {
    ...options,
    stdin: `${bytes} ${seconds}\n${script}`,
    keepInputOpen: true,
  });
}

/** Runs a bash script as root, beside whatever else runs there. Errors are those of `run`. */
export function runAsRoot(
  connection: SshConnection,
  script: string,
  options: Omit<RunOptions, "stdin" | "keepInputOpen">,
): Promise<CommandResult> {
  return connection.run(`${asRoot(connection)} bash -s`, { ...options, stdin: script });
}

const asRoot = ({ username }: SshConnection) => (username === "root" ? "env" : "sudo -n");
