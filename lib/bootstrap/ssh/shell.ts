import type { Duplex } from "node:stream";
import type { Client, ClientChannel } from "ssh2";
import { SshError } from "./error.ts";

export type ShellSize = { cols: number; rows: number };

export type Shell = {
  /** What it prints, and what is typed; what is not read makes the server wait. */
  stream: Duplex;
  resize(size: ShellSize): void;
  /** How it ended, once all output has been read; code null where a signal ended it. Throws SshError "lost". */
  ended: Promise<{ code: number | null; signal?: string }>;
};

/** Begins the login's own shell with a terminal. Throws SshError "lost". */
export function shell(client: Client, lost: AbortSignal, { cols, rows }: ShellSize): Promise<Shell> {
  return new Promise((resolve, reject) => {
    const give = () => reject(lost.reason);
    if (lost.aborted) return give();
    lost.addEventListener("abort", give, { once: true });
    const terminal = { term: "xterm-256color", cols, rows };
    // Servers of ours take LANG: without it a shell would not know that this terminal speaks UTF-8.
    client.shell(terminal, { env: { LANG: "C.UTF-8" } as unknown as NodeJS.ProcessEnv }, (error, channel) => {
      lost.removeEventListener("abort", give);
      if (error) return reject(new SshError("lost", `the server gives no shell: ${error.message}`, error));
      resolve(shellOf(channel));
    });
  });
}

function shellOf(channel: ClientChannel): Shell {
  const ended = new Promise<{ code: number | null; signal?: string }>((resolve, reject) => {
    let result: { code: number | null; signal?: string } | undefined;
    channel.on("exit", (code: number | null, signal?: string) => {
      result = { code, ...(signal ? { signal: signal.replace(/^SIG/, "") } : {}) };
    });
    channel.on("close", () => (result ? resolve(result) : reject(new SshError("lost", "the SSH connection was lost"))));
    channel.on("error", (error: Error) => reject(new SshError("lost", error.message, error)));
  });
  ended.catch(() => {});
  return { stream: channel, ended, resize: ({ cols, rows }) => channel.setWindow(rows, cols, 0, 0) };
}
