import { messageOf } from "#lib/errors.ts";
import type { Credentials } from "./credentials.ts";
import { BootstrapError } from "./error.ts";
import type { PackageName } from "./package.ts";
import type { BootstrapPlan } from "./plan.ts";
import { type BootstrapEvent, type PackageReport, readProgress } from "./progress.ts";
import { renderChecks, renderScript } from "./script/render.ts";
import { type CommandResult, connect, type SshConnection, type SshTarget } from "./ssh/connect.ts";
import { SshError } from "./ssh/error.ts";
import { runAsRoot, runExclusively } from "./ssh/exclusive.ts";

/** The longest a bootstrap may take; a server that is slower is stopped and reported. */
const BOOTSTRAP_TIMEOUT_MS = 40 * 60_000;
const CHECKS_TIMEOUT_MS = 60_000;
/** What the script says when it was stopped by somebody else's run. */
const STOPPED = 143;

type Options = { onEvent(event: BootstrapEvent): void; signal: AbortSignal };

/**
 * Brings a server to its plan over a connection of its own, and answers what is on it; every package's check holds.
 * May be called again at any time: a run that is still under way on the server is ended first, what is done is not
 * done twice. Throws BootstrapError, RangeError for a plan that is not well-formed, and the signal's reason when aborted;
 * the script on the server then ends too.
 */
export async function bootstrapServer(
  target: Omit<SshTarget, "signal">,
  plan: BootstrapPlan,
  { onEvent, signal }: Options,
): Promise<{ packages: PackageReport[] }> {
  const script = renderScript(plan);
  const { progress, onLine } = readProgress(plan.credentials, onEvent);
  const result = await onServer(target, progress, signal, (connection) =>
    runExclusively(connection, script, { onLine, signal, timeoutMs: BOOTSTRAP_TIMEOUT_MS }),
  );
  if (result.exitCode !== 0) throw failure(result, progress);
  return { packages: progress.packages };
}

/** Runs the packages' checks once, changes nothing, and may run beside a bootstrap. Throws as `bootstrapServer` does. */
export async function checkServer(
  target: Omit<SshTarget, "signal">,
  packages: readonly PackageName[],
  credentials: Credentials,
  signal: AbortSignal,
): Promise<PackageReport[]> {
  const script = renderChecks(packages, credentials);
  const { progress, onLine } = readProgress(credentials, () => {});
  const result = await onServer(target, progress, signal, (connection) =>
    runAsRoot(connection, script, { onLine, signal, timeoutMs: CHECKS_TIMEOUT_MS }),
  );
  if (result.exitCode !== 0) throw failure(result, progress);
  return progress.packages;
}

type Progress = ReturnType<typeof readProgress>["progress"];

async function onServer(
  target: Omit<SshTarget, "signal">,
  progress: Progress,
  signal: AbortSignal,
  run: (connection: SshConnection) => Promise<CommandResult>,
): Promise<CommandResult> {
  try {
    const connection = await connect({ ...target, signal });
    try {
      return await run(connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new BootstrapError(`${progress.step}: ${messageOf(error)}`, {
      ...progress,
      retryable: error instanceof SshError && error.retryable,
      cause: error,
    });
  }
}

function failure({ exitCode, signal }: CommandResult, progress: Progress): BootstrapError {
  if (exitCode === STOPPED) {
    return new BootstrapError(`${progress.step}: stopped by another run`, { ...progress, exitCode, retryable: true });
  }
  const how = exitCode === null ? `was ended by ${signal ?? "a signal"}` : `failed with exit status ${exitCode}`;
  return new BootstrapError(`${progress.step} ${how}`, { ...progress, exitCode, retryable: false });
}
