import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

/** The shell first: the same engine without the browser's own windows, as Playwright's own is. */
const SYSTEM = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A Chromium to test with: PLAYWRIGHT_CHROMIUM, else Playwright's own, else the system's, else one from npm. */
export async function findBrowser(): Promise<{ executablePath: string; args: string[] }> {
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const found = [process.env.PLAYWRIGHT_CHROMIUM, chromium.executablePath(), ...onPath(SYSTEM)];
  const executablePath = found.find((path) => path && existsSync(path));
  if (executablePath) return { executablePath, args };
  // It brings the libraries that a bare machine lacks only where it believes itself on AWS Lambda.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  return { executablePath: await packaged.executablePath(), args: [...packaged.args, ...args] };
}

function onPath(names: string[]): string[] {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
