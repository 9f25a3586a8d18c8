import type { Credentials } from "./credentials.ts";
import { type PackageName, packageNames } from "./package.ts";
import { scrubber } from "./scrub.ts";

export type BootstrapEvent =
  | { kind: "step"; step: number; steps: number; title: string }
  | { kind: "line"; line: string };

export type PackageReport = {
  name: PackageName;
  /** The distribution's version of it; empty when it is not installed. */
  version: string;
  /** Its check holds. */
  ok: boolean;
};

const STEP = /^::cloudhero step (\d+) (\d+) (.+)$/;
const PACKAGE = /^::cloudhero package (\S+) (\S*) ?(ok|failed)$/;
const LAST_LINES = 20;

/** Reads a script's output: what it announces, and what it says, without secrets. */
export function readProgress(credentials: Credentials, onEvent: (event: BootstrapEvent) => void) {
  const scrub = scrubber(Object.values(credentials).map(({ password }) => password));
  const progress = { step: "connecting", lastLines: [] as string[], packages: [] as PackageReport[] };

  function onLine(raw: string): void {
    const [, step, steps, title] = STEP.exec(raw) ?? [];
    if (title) {
      progress.step = title;
      progress.lastLines = [];
      onEvent({ kind: "step", step: Number(step), steps: Number(steps), title });
      return;
    }
    const [, name, version = "", outcome] = PACKAGE.exec(raw) ?? [];
    const known = packageNames.find((one) => one === name);
    if (known) {
      progress.packages.push({ name: known, version, ok: outcome === "ok" });
      return;
    }
    const line = scrub(raw);
    progress.lastLines.push(line);
    if (progress.lastLines.length > LAST_LINES) progress.lastLines.shift();
    onEvent({ kind: "line", line });
  }

  return { progress, onLine };
}
