export type SshErrorCode =
  /** Nothing answers there, or not in time. */
  | "unreachable"
  /** The server has none of the pinned keys; nothing was sent to it. */
  | "host_key"
  /** The server refuses our key. */
  | "unauthorized"
  /** The connection went away while in use. */
  | "lost"
  /** The command ran longer than it may. */
  | "timeout";

export class SshError extends Error {
  readonly code: SshErrorCode;
  /** The same call may succeed later. */
  readonly retryable: boolean;

  constructor(code: SshErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "SshError";
    this.code = code;
    this.retryable = code === "unreachable" || code === "lost";
  }
}
