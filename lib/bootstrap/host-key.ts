import { setTimeout as sleep } from "node:timers/promises";
import { connect, type SshConnection, type SshTarget } from "./ssh/connect.ts";
import { SshError } from "./ssh/error.ts";
import { runAsRoot } from "./ssh/exclusive.ts";
import { keyBlob, keyType } from "./ssh/keys.ts";

const TIMEOUT_MS = 30_000;
/** An SSH server that takes a new key starts itself anew: for a moment it refuses, hangs up, or shows the old one. */
const SETTLE_MS = 20_000;
const SETTLE_PAUSE_MS = 100;

const opening = `set -euo pipefail
umask 077
cd /etc/ssh
current=ssh_host_ed25519_key
next=cloudhero_next_ed25519_key
blob() { ssh-keygen -y -f "$1" | cut -d' ' -f2 | tr -d =; }
`;

/** A swap that was done but not seen (the connection still showed the first key) answers the swapped-in key. */
const prepareScript = (shown: string) => `${opening}
if [ -e $next ]; then
  ssh-keygen -y -f $next
elif [ "$(blob $current)" != '${shown}' ]; then
  ssh-keygen -y -f $current
else
  folder="$(mktemp -d .cloudhero.XXXXXX)"
  ssh-keygen -q -t ed25519 -N '' -C '' -f "$folder/key"
  sync
  mv "$folder/key" $next
  rm -r "$folder"
  ssh-keygen -y -f $next
fi`;

/** A key aside that is not the kept one was made by somebody who died before telling it: it goes. */
const activateScript = (kept: string) => `${opening}
if [ -e $next ] && [ "$(blob $next)" = '${kept}' ]; then mv -f $next $current; fi
[ "$(blob $current)" = '${kept}' ] || { echo "the server does not have the key that was kept"; exit 1; }
rm -f $next
ssh-keygen -y -f $current >$current.pub
chmod 644 $current.pub
if [ "$(sshd -T | grep -i '^hostkey ')" != "hostkey /etc/ssh/$current" ]; then
  echo "HostKey /etc/ssh/$current" >sshd_config.d/cloudhero-host-key.conf
  chmod 644 sshd_config.d/cloudhero-host-key.conf
fi
rm -f ssh_host_rsa_key* ssh_host_ecdsa_key* ssh_host_dsa_key*
mkdir -p /run/sshd
sshd -t
sync
systemctl reload-or-restart ssh.service`;

export type HostKeyReplacement = {
  /**
   * Makes the new key aside and answers its public line; again, it answers the same one. The caller keeps it as a
   * second accepted key before it goes on; only on a connection that was shown the first one, or there is a third.
   */
  prepare(): Promise<string>;
  /**
   * Puts the prepared key, as it was kept, in the first one's place and takes away every other host key; again, it
   * finishes what was left undone. New connections show it; the caller accepts either until it has seen it.
   */
  activate(publicKey: string): Promise<void>;
};

/**
 * Replaces the ed25519 host key that this connection was verified with, in two steps between which either side may
 * crash: at every moment the server shows one of the keys that the caller has. Throws SshError, and Error with the
 * server's words where a step fails there.
 */
export function replaceHostKey(connection: SshConnection, signal: AbortSignal): HostKeyReplacement {
  if (keyType(connection.hostKey) !== "ssh-ed25519") throw new RangeError("only an ed25519 host key can be replaced");
  return {
    async prepare() {
      const lines = await runStep(connection, prepareScript(keyBlob(connection.hostKey)), signal);
      const publicKey = lines.find((line) => line.startsWith("ssh-ed25519 "));
      if (!publicKey) throw new SshError("lost", "the server did not tell its new host key");
      return publicKey.trim();
    },
    async activate(publicKey) {
      await runStep(connection, activateScript(keyBlob(publicKey)), signal);
    },
  };
}

/** Returns once a new connection is shown the one key that `target` accepts; throws SshError where 20 s bring none. */
export async function untilShown(target: SshTarget): Promise<void> {
  const end = Date.now() + SETTLE_MS;
  for (;;) {
    try {
      const connection = await connect(target);
      return connection.close();
    } catch (error) {
      const settling = error instanceof SshError && error.code !== "unauthorized";
      if (!settling || Date.now() > end) throw error;
    }
    await sleep(SETTLE_PAUSE_MS, undefined, { signal: target.signal });
  }
}

async function runStep(connection: SshConnection, script: string, signal: AbortSignal): Promise<string[]> {
  const { exitCode, tail } = await runAsRoot(connection, script, { onLine: () => {}, signal, timeoutMs: TIMEOUT_MS });
  if (exitCode !== 0) throw new Error(`the host key was not replaced (exit status ${exitCode}): ${tail.join("; ")}`);
  return tail;
}
