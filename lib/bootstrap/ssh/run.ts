import type { Client, ClientChannel } from "ssh2";
import { SshError } from "./error.ts";
import { lineSplitter } from "./lines.ts";

/** How many last lines a result keeps. */
const TAIL_LINES = 20;
/** How long the remote command gets to end by itself after we gave up on it, before we stop listening. */
const FAREWELL_MS = 500;

export type RunOptions = {
  /** Sent at once; the command then sees the end of its input, unless `keepInputOpen`. */
  stdin?: string;
  /** The remote side can tell by the end of its input that we are gone. */
  keepInputOpen?: boolean;
  /** Each line of either output, in order of arrival. */
  onLine(line: string): void;
  signal: AbortSignal;
  timeoutMs: number;
};

export type CommandResult = {
  /** Null when a signal ended it. */
  exitCode: number | null;
  /** Without "SIG": "TERM". */
  signal?: string;
  /** The last lines of its output, at most 20. */
  tail: string[];
};

/**
 * Runs one command. Throws SshError "lost" and "timeout", and the signal's reason when aborted; then the channel is
 * closed and the command's process group is sent TERM (processes of other users hear only the end of their input).
 */
export function run(client: Client, lost: AbortSignal, command: string, options: RunOptions): Promise<CommandResult> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const ended = AbortSignal.any([lost, options.signal, timeout]);
  const reason = () =>
    ended.reason === timeout.reason
      ? new SshError("timeout", `the command ran longer than ${options.timeoutMs / 1000} s`)
      : ended.reason;
  return new Promise((resolve, reject) => {
    if (ended.aborted) return reject(reason());
    let channel: ClientChannel | undefined;
    const onEnded = () => {
      if (channel) dismiss(channel);
      reject(reason());
    };
    ended.addEventListener("abort", onEnded, { once: true });
    const settle = (done: () => void) => {
      ended.removeEventListener("abort", onEnded);
      done();
    };
    client.exec(command, (error, opened) => {
      if (error) return settle(() => reject(new SshError("lost", `the command was not started: ${error.message}`)));
      channel = opened;
      if (ended.aborted) return dismiss(opened);
      collect(opened, options).then(
        (result) => settle(() => resolve(result)),
        (failure) => settle(() => reject(failure)),
      );
    });
  });
}

function collect(channel: ClientChannel, options: RunOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const tail: string[] = [];
    const onLine = (line: string) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      if (!options.signal.aborted) options.onLine(line);
    };
    const [output, errors] = [lineSplitter(onLine), lineSplitter(onLine)];
    let result: { exitCode: number | null; signal?: string } | undefined;
    channel.on("data", output.push);
    channel.stderr.on("data", errors.push);
    channel.on("exit", (code: number | null, signal?: string) => {
      result = { exitCode: code, ...(signal ? { signal: signal.replace(/^SIG/, "") } : {}) };
    });
    channel.on("error", (error: Error) => reject(new SshError("lost", error.message, error)));
    channel.on("close", () => {
      output.end();
      errors.end();
      if (result) resolve({ ...result, tail });
      else reject(new SshError("lost", "the SSH connection was lost"));
    });
    if (options.keepInputOpen) channel.write(options.stdin ?? "");
    else channel.end(options.stdin ?? "");
  });
}

function dismiss(channel: ClientChannel): void {
  channel.on("error", () => {});
  try {
    channel.signal("TERM");
    channel.end();
  } catch {
    // The connection is gone, and the command's input with it.
  }
  setTimeout(() => channel.close(), FAREWELL_MS).unref();
}
