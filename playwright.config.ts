import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tests/support/browser.ts";
import { freePort } from "./tests/support/free-port.ts";

// Workers read this file again, and inherit the choice.
process.env.CLOUDHERO_E2E_PORT ??= String(await freePort());
// Where a test may start what stands for the real EC2.
process.env.CLOUDHERO_E2E_EC2_PORT ??= String(await freePort());
// The server's data folder, in which tests announce practice clouds.
process.env.CLOUDHERO_E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), "cloudhero-e2e-"));
const url = `http://127.0.0.1:${process.env.CLOUDHERO_E2E_PORT}`;

export default defineConfig({
  testDir: "tests/e2e",
  workers: 1,
  forbidOnly: process.env.CI === "true",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { baseURL: url, launchOptions: await findBrowser(), screenshot: "only-on-failure", trace: "retain-on-failure" },
  webServer: {
    command: `node tests/support/run/serve.mjs --port ${process.env.CLOUDHERO_E2E_PORT} --data-dir ${process.env.CLOUDHERO_E2E_DATA_DIR}`,
    env: {
      CLOUDHERO_DOCKER_PORT: "0",
      CLOUDHERO_DOCKER_SHARED: "1",
      CLOUDHERO_EC2_ENDPOINT: `http://127.0.0.1:${process.env.CLOUDHERO_E2E_EC2_PORT}`,
    },
    url,
    reuseExistingServer: false,
    timeout: 180_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
