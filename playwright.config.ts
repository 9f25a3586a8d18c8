import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { OIDC_CLIENT } from "./tests/emulators/oidc/issuer.ts";
import { proofs, taken } from "./tests/proofs.ts";
import { findBrowser } from "./tests/support/browser.ts";
import { freePort } from "./tests/support/free-port.ts";

// Workers read this file again, and inherit the choice.
process.env.CLOUDHERO_E2E_PORT ??= String(await freePort());
// Where a test may start what stands for the real EC2.
process.env.CLOUDHERO_E2E_EC2_PORT ??= String(await freePort());
// And for the real DigitalOcean.
process.env.CLOUDHERO_E2E_DIGITALOCEAN_PORT ??= String(await freePort());
// The server's data folder, in which tests announce practice clouds.
process.env.CLOUDHERO_E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), "cloudhero-e2e-"));
// Where a test may start a mail server and an OpenID provider.
process.env.CLOUDHERO_E2E_SMTP_PORT ??= String(await freePort());
process.env.CLOUDHERO_E2E_OIDC_PORT ??= String(await freePort());
const url = `http://127.0.0.1:${process.env.CLOUDHERO_E2E_PORT}`;

const { include, exclude } = taken("tests/e2e/*.spec.ts", proofs.browser);

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: include,
  testIgnore: exclude,
  workers: 1,
  forbidOnly: process.env.CI === "true",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A trace takes as long again as the tests themselves: --trace retain-on-failure makes one where it is wanted.
  use: { baseURL: url, launchOptions: await findBrowser(), screenshot: "only-on-failure", trace: "off" },
  webServer: {
    command: `node tests/support/run/serve.mjs --port ${process.env.CLOUDHERO_E2E_PORT} --data-dir ${process.env.CLOUDHERO_E2E_DATA_DIR}`,
    env: {
      // What a spec provokes (clouds that end, receivers that refuse) is told to no one.
      CLOUDHERO_LOG_LEVEL: "error",
      CLOUDHERO_DOCKER_PORT: "0",
      CLOUDHERO_DOCKER_SHARED: "1",
      // Receivers and registries of the tests are on this machine, where a tenant's would be refused.
      CLOUDHERO_DIAL_ALLOW: "127.0.0.0/8",
      SMTP_URL: `smtp://127.0.0.1:${process.env.CLOUDHERO_E2E_SMTP_PORT}`,
      CLOUDHERO_OIDC_ISSUER: `http://127.0.0.1:${process.env.CLOUDHERO_E2E_OIDC_PORT}`,
      CLOUDHERO_OIDC_ID: OIDC_CLIENT.id,
      CLOUDHERO_OIDC_SECRET: OIDC_CLIENT.secret,
      CLOUDHERO_OIDC_NAME: "Acme SSO",
      CLOUDHERO_DIGITALOCEAN_ENDPOINT: `http://127.0.0.1:${process.env.CLOUDHERO_E2E_DIGITALOCEAN_PORT}`,
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
