import { frontFolder, frontUnit } from "./packages/docker.ts";
import type { SshConnection } from "./ssh/connect.ts";
import { runAsRoot } from "./ssh/exclusive.ts";

const TIMEOUT_MS = 60_000;
/** What was open when a certificate was taken back ends after this: nobody can tell whose it is. */
const graceSeconds = 10 * 60;

const opening = `set -euo pipefail
umask 077
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cd ${frontFolder}
`;

const requestScript = `${opening}
openssl ecparam -name prime256v1 -genkey -noout -out next.key
openssl req -new -key next.key -subj /CN=node`;

/** All PEM. */
export type Front = {
  certificate: string;
  /** Whose clients may connect. */
  authorities: string[];
  /** A list for each of these authorities. */
  revoked: string[];
  /** The serial numbers that are in these lists, hexadecimal. */
  serials: string[];
};

const installScript = ({ certificate, authorities, revoked, serials }: Front) => `${opening}
put() { chown root:haproxy "$1.new"; chmod 640 "$1.new"; mv -f "$1.new" "$1"; }
cat >node.crt <<'END_OF_PEM'
${certificate.trim()}
END_OF_PEM
[ "$(openssl x509 -in node.crt -noout -pubkey)" = "$(openssl pkey -in next.key -pubout)" ] || { echo "another key was made since"; exit 1; }
cat node.crt next.key >node.pem.new
cat >ca.pem.new <<'END_OF_PEM'
${authorities.join("").trim()}
END_OF_PEM
cat >revoked.pem.new <<'END_OF_PEM'
${revoked.join("").trim()}
END_OF_PEM
cat >serials.new <<'END_OF_SERIALS'
${serials.join("\n")}
END_OF_SERIALS
# Workers of the present configuration go on with what is open when they are followed by others.
workers=
master="$(systemctl show --property MainPID --value ${frontUnit})"
if [ -e serials ] && [ "$master" -gt 0 ] && grep -qvxFf serials serials.new; then
  workers="$(cat /proc/"$master"/task/*/children)"
fi
put ca.pem
put revoked.pem
put node.pem
rm -f next.key node.crt
systemctl reset-failed ${frontUnit} 2>/dev/null || true
timeout 30 systemctl reload-or-restart ${frontUnit} || { journalctl --no-pager --quiet --lines=5 --unit=${frontUnit}; exit 1; }
systemctl is-active ${frontUnit}
if [ -n "$workers" ]; then
  systemd-run --quiet --collect --on-active=${graceSeconds} --unit="cloudhero-docker-revoked-$(date +%s%N)" /bin/sh -c \
    'for pid in $2; do [ "$(cut -d" " -f4 "/proc/$pid/stat" 2>/dev/null)" != "$1" ] || kill -TERM "$pid"; done' \
    end "$master" "$workers"
fi
mv -f serials.new serials`;

/** Has the server make a new key for port 4000, which stays there, and answers its request for a certificate (PEM). */
export async function requestCertificate(connection: SshConnection, signal: AbortSignal): Promise<string> {
  const lines = await runStep(connection, requestScript, signal);
  return `${lines.join("\n")}\n`;
}

/**
 * Puts the certificate for the key that was made last in force, with those who may connect. Open connections stay open, but
 * for ten minutes alone where a certificate was taken back.
 */
export async function installFront(connection: SshConnection, front: Front, signal: AbortSignal): Promise<void> {
  await runStep(connection, installScript(front), signal);
}

/** Throws SshError, and Error with the server's last words where it refuses. */
async function runStep(connection: SshConnection, script: string, signal: AbortSignal): Promise<string[]> {
  const lines: string[] = [];
  const onLine = (line: string) => {
    if (lines.length < 100) lines.push(line);
  };
  const { exitCode, tail } = await runAsRoot(connection, script, { onLine, signal, timeoutMs: TIMEOUT_MS });
  if (exitCode !== 0) throw new Error(`port 4000 was not set up (exit status ${exitCode}): ${tail.join("; ")}`);
  return lines;
}
