import { rmSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { type PracticeClouds, practiceFile } from "#lib/practice.ts";
import { EMULATED_TOKEN, startDigitalOceanEmulator } from "../emulators/digitalocean/emulator.ts";
import { type Ec2Emulator, EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";

/** What was made so that pages with a parameter can be visited. */
export type Made = { provider: string; environment: string };

export type OpenClouds = { amazon: Ec2Emulator; close(): Promise<void> };

/** Practice clouds for the server on `dataDir`, until `close`. */
export async function openPracticeClouds(dataDir = process.env.CLOUDHERO_E2E_DATA_DIR): Promise<OpenClouds> {
  const file = practiceFile(dataDir);
  const amazon = await startEc2Emulator({ consistencyLagMs: 0, bootMs: 200, terminateMs: 200 });
  // All teams of the tests practise on one account: the limit of one is not for all of them.
  const ocean = await startDigitalOceanEmulator({ perMinute: 5_000 });
  const clouds: PracticeClouds = {
    backed: false,
    clouds: {
      ec2: { endpoint: amazon.url, settings: EMULATED_KEY },
      digital_ocean: { endpoint: ocean.url, settings: { access_token: EMULATED_TOKEN } },
    },
  };
  writeFileSync(file, JSON.stringify(clouds));
  return {
    amazon,
    async close() {
      rmSync(file, { force: true });
      await amazon.close();
      await ocean.close();
    },
  };
}

/** Practice clouds for the tests of a file, from before the first until after the last. */
export function practiceClouds(): Pick<OpenClouds, "amazon"> {
  let open: OpenClouds | undefined;
  test.beforeAll(async () => {
    open = await openPracticeClouds();
  });
  test.afterAll(() => open?.close());
  return {
    get amazon() {
      return open!.amazon;
    },
  };
}

/** A practice cloud by the dashboard, and two environments in it by the API, for whoever is logged in on `page`. */
export async function makeThings(page: Page): Promise<Made> {
  await page.goto("/dashboard/providers");
  await page.getByRole("button", { name: "Practise on DigitalOcean" }).click();
  await page
    .getByRole("link", { name: /practice/ })
    .first()
    .click();
  await page.waitForURL(/\/dashboard\/providers\/[0-9a-f]{24}$/);
  const provider = page.url().split("/").at(-1)!;
  const [application] = await send(page, "POST", "/applications", { application_name: "shop" });
  const wish = (environment: string, nodes: object[]) => ({
    provider_id: provider,
    region: "fra1",
    environment,
    nodes,
  });
  const path = `/applications/${application.id}/environments`;
  const size = "s-1vcpu-1gb";
  const made = await send(
    page,
    "POST",
    path,
    wish("production", [
      { name: "web", size, packages: ["nginx", "docker"] },
      { name: "cache", size, packages: ["redis"] },
    ]),
  );
  await send(page, "POST", path, wish("staging", [{ name: "web", size, packages: ["nginx"] }]));
  return { provider, environment: made.environment };
}
