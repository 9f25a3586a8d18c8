import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { newEmail, signUp } from "../e2e/account.ts";
import { type Made, makeThings, openPracticeClouds } from "../e2e/stage.ts";
import { findBrowser } from "../support/browser.ts";
import { productBuilt, type ServerProcess, spawnServer, untilReady } from "../support/server-process.ts";

export type Showcase = {
  url: string;
  browser: Browser;
  /** Logged in to an account that has a provider and two environments. */
  page: Page;
  made: Made;
  close(): Promise<void>;
};

/** The product as it was built, on a data folder of its own, with an account that has something to look at. */
export async function openShowcase(): Promise<Showcase> {
  if (!productBuilt) throw new Error("The present sources are not built: npm start does it.");
  const dataDir = mkdtempSync(join(tmpdir(), "cloudhero-showcase-"));
  const server = await spawnServer({ CLOUDHERO_DATA_DIR: dataDir, CLOUDHERO_DOCKER_SHARED: "1" });
  await untilReady(server);
  const clouds = await openPracticeClouds(dataDir);
  const browser = await chromium.launch(await findBrowser());
  const context = await browser.newContext({ baseURL: server.url, reducedMotion: "reduce" });
  const page = await context.newPage();
  await signUp(page, newEmail());
  const made = await makeThings(page);
  const close = async () => {
    await browser.close();
    await clouds.close();
    await end(server);
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, browser, page, made, close };
}

async function end(server: ServerProcess): Promise<void> {
  server.child.kill("SIGTERM");
  await server.ended();
}
