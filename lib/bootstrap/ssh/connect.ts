import { Client, type ServerHostKeyAlgorithm } from "ssh2";
import type { Origin } from "#lib/addresses.ts";
import { dialAddress } from "#lib/dial.ts";
import { SshError } from "./error.ts";
import { keyBlob, keyType } from "./keys.ts";
import { type CommandResult, type RunOptions, run } from "./run.ts";
import { type Shell, type ShellSize, shell } from "./shell.ts";

export type { CommandResult, RunOptions };

export type SshTarget = {
  host: string;
  /** Who named the host; ours unless said. */
  origin?: Origin;
  port: number;
  username: string;
  /** OpenSSH format. */
  privateKey: string;
  /** OpenSSH public key lines, or their base64 blobs; the server must prove that it has one of them. */
  acceptHostKeys: string[];
  signal: AbortSignal;
  /** Until the log-in is done. */
  timeoutMs: number;
};

export type SshConnection = {
  /** The one of `acceptHostKeys` that the server proved to have, as it was given. */
  readonly hostKey: string;
  /** The login's name. */
  readonly username: string;
  run(command: string, options: RunOptions): Promise<CommandResult>;
  /** The login's own shell with a terminal, until it ends or the connection does. */
  shell(size: ShellSize): Promise<Shell>;
  /** Ends the connection, and with it every command on it. */
  close(): void;
};

/**
 * Connects and logs in. The host key is checked before anything of ours is sent. Throws SshError, and the signal's
 * reason once it is aborted; an abort later ends the connection.
 */
export async function connect(target: SshTarget): Promise<SshConnection> {
  target.signal.throwIfAborted();
  const host = await dialAddress(target.host, target.origin ?? "ours", target.signal);
  const client = new Client();
  const seen: { hostKey?: string; offered?: string } = {};
  try {
    await handshake(client, target, host, seen);
  } catch (error) {
    client.on("error", () => {});
    client.destroy();
    target.signal.throwIfAborted();
    throw seen.offered ? new SshError("host_key", `${target.host}:${target.port} has another host key`, error) : error;
  }
  return connectionOf(client, seen.hostKey!, target);
}

function connectionOf(client: Client, hostKey: string, target: SshTarget): SshConnection {
  const lost = new AbortController();
  const give = (error?: unknown) => lost.abort(new SshError("lost", "the SSH connection was lost", error));
  const abort = () => client.destroy();
  target.signal.addEventListener("abort", abort, { once: true });
  client.on("error", give);
  client.on("close", () => {
    target.signal.removeEventListener("abort", abort);
    give();
  });
  return {
    hostKey,
    username: target.username,
    run: (command, options) => run(client, lost.signal, command, options),
    shell: (size) => shell(client, lost.signal, size),
    close: () => client.end(),
  };
}

function handshake(
  client: Client,
  target: SshTarget,
  host: string,
  seen: { hostKey?: string; offered?: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(target.signal.reason);
    target.signal.addEventListener("abort", onAbort, { once: true });
    client.once("ready", () => {
      target.signal.removeEventListener("abort", onAbort);
      resolve();
    });
    client.once("error", (error) => reject(translate(error, target)));
    client.once("close", () => reject(new SshError("unreachable", `${target.host}:${target.port} hung up`)));
    client.connect({
      host,
      port: target.port,
      username: target.username,
      privateKey: target.privateKey,
      authHandler: ["publickey"],
      readyTimeout: target.timeoutMs,
      keepaliveInterval: 10_000,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: algorithmsFor(target.acceptHostKeys) },
      hostVerifier: (key: Buffer) => {
        const blob = key.toString("base64").replace(/=+$/, "");
        seen.hostKey = target.acceptHostKeys.find((pin) => keyBlob(pin) === blob);
        if (!seen.hostKey) seen.offered = blob;
        return seen.hostKey !== undefined;
      },
    });
  });
}

/** Only the pinned types are asked for, so a server with several keys shows the one that is pinned. */
function algorithmsFor(pins: string[]): ServerHostKeyAlgorithm[] {
  if (pins.length === 0) throw new RangeError("no host key is pinned");
  const types = [...new Set(pins.map(keyType))];
  const algorithms = types.flatMap((type) => (type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [type]));
  return algorithms as ServerHostKeyAlgorithm[];
}

function translate(error: Error & { level?: string }, { host, port, username }: SshTarget): SshError {
  const where = `${host}:${port}`;
  if (error.level === "client-authentication") {
    return new SshError("unauthorized", `${where} refuses the key of ${username}`, error);
  }
  if (/no matching host key format/i.test(error.message)) {
    return new SshError("host_key", `${where} has another kind of host key`, error);
  }
  return new SshError("unreachable", `${where} does not answer SSH: ${error.message}`, error);
}
