/** A server did not get to its plan; the message is for the person who wished for it and holds no secret. */
export class BootstrapError extends Error {
  /** As announced: "connecting", "preparing", "installing mysql", "checking". */
  readonly step: string;
  /** Null where there was none: no connection, time over, ended by a signal. */
  readonly exitCode: number | null;
  /** At most 20 lines of output. */
  readonly lastLines: string[];
  /** The same call may succeed by itself: the connection was lost, or another run took over. */
  readonly retryable: boolean;

  constructor(
    message: string,
    details: { step: string; exitCode?: number | null; lastLines?: string[]; retryable: boolean; cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.name = "BootstrapError";
    this.step = details.step;
    this.exitCode = details.exitCode ?? null;
    this.lastLines = details.lastLines ?? [];
    this.retryable = details.retryable;
  }
}
