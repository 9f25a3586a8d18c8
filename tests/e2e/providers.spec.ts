import { expect, type Page } from "@playwright/test";
import { dockerAvailable } from "../support/docker.ts";
import { signUp } from "./account.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { confirm } from "./dialog.ts";
import { openPracticeClouds } from "./stage.ts";

/** The names of the account's providers of a type. */
const namesOf = async (page: Page, type: string): Promise<string[]> =>
  (await send(page, "GET", "/providers"))[type].map(({ name }: { name: string }) => name);

test("a practice cloud is renamed, and never to a name that is taken", async ({ page }) => {
  const clouds = await openPracticeClouds();
  await signUp(page);
  for (const provider_name of ["first", "second"])
    await send(page, "POST", "/providers", { cloud_provider: "ec2", provider_name, practice: true });
  await page.goto("/dashboard/providers");
  await page.getByRole("link", { name: "second", exact: true }).click();
  await page.getByRole("link", { name: "Credentials" }).click();
  await expect(page.getByLabel("Access key ID")).toHaveCount(0);
  await page.getByLabel("Name", { exact: true }).fill("first");
  await page.getByRole("button", { name: "Check and change" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/named first already/);
  await page.getByLabel("Name", { exact: true }).fill("training");
  await page.getByRole("button", { name: "Check and change" }).click();
  await expect(page.getByText("Changed.", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: /training/ })).toContainText("Working");
  expect((await namesOf(page, "ec2")).sort()).toEqual(["first", "training"]);
  await clouds.close();
});

test("this machine's Docker engine is a provider by one click, and by the form", async ({ page }) => {
  test.skip(!dockerAvailable, "no Docker engine answers");
  await signUp(page);
  await page.goto("/dashboard/providers");
  await page.getByRole("button", { name: "Use this engine" }).click();
  await expect(page.getByRole("row", { name: /this-machine/ })).toContainText("Working");
  await expect(page.getByRole("button", { name: "Use this engine" })).toHaveCount(0);
  expect(await namesOf(page, "docker")).toEqual(["this-machine"]);
  await page.getByRole("button", { name: "Remove provider this-machine" }).click();
  await confirm(page, "Remove");
  await expect(page.getByRole("button", { name: "Use this engine" })).toBeVisible();

  await page.getByRole("link", { name: "Add provider" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("laptop");
  await expect(page.getByLabel("Client key (key.pem)")).toBeVisible();
  await page.getByLabel("Host").fill("unix:///var/run/docker.sock");
  await expect(page.getByLabel("Client key (key.pem)")).toHaveCount(0);
  await page.getByRole("button", { name: "Check and add" }).click();
  await expect(page.getByRole("heading", { name: /laptop/ })).toContainText("Working");
  await expect(page).toHaveURL(/\/dashboard\/providers\/[0-9a-f]{24}$/);
  expect(await namesOf(page, "docker")).toEqual(["laptop"]);
});
