import { expect, type Page } from "@playwright/test";
import { EMULATED_TOKEN, startDigitalOceanEmulator } from "../emulators/digitalocean/emulator.ts";
import { EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";
import { regionsOf } from "../emulators/ec2/inspect.ts";
import { signUp } from "./account.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { confirm } from "./dialog.ts";
import { practiceClouds } from "./stage.ts";
import { expectAccessible } from "./violations.ts";

const clouds = practiceClouds();

const simulated = (page: Page) => page.getByText("Practice cloud (simulated)", { exact: true });

test("a practice cloud is one click away, and labelled so wherever it shows; its plan, costs and orphans are those of EC2", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signUp(page);
  await page.goto("/dashboard/providers");
  await page.getByRole("button", { name: "Practise on Amazon EC2" }).click();
  await page.getByRole("link", { name: "practice-ec2" }).click();
  await expect(page.getByRole("heading", { name: /practice-ec2/ })).toContainText("Working");
  await expect(simulated(page)).toBeVisible();
  await page.getByText("The least that the credentials must be allowed").click();
  await expect(page.getByRole("region", { name: "policy" })).toContainText("ec2:RunInstances");
  await expectAccessible(page);
  const provider = page.url();

  await plan(page);
  await page.getByRole("button", { name: "Create environment" }).click();
  await expect(page.getByRole("heading", { name: /staging/ })).toBeVisible({ timeout: 20_000 });
  await expect(simulated(page)).toBeVisible();
  await expect(page.getByText(/\$\d+\.\d\d a month running/)).toBeVisible();
  await expect(page.getByText("$3.20 a month stopped")).toBeVisible();
  await expect.poll(servers, { timeout: 20_000 }).toHaveLength(1);
  await expectAccessible(page);
  const environment = page.url();

  strand("forgotten");
  await page.goto(`${provider}/orphans`);
  await page.getByLabel("Choose volume forgotten").check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove 1 selected" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove one thing for good?" });
  await expect(dialog).toContainText("volume forgotten");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "No orphans" })).toBeVisible();

  for (const name of ["one", "two", "three"]) strand(name);
  expect(stranded()).toHaveLength(3);
  await page.reload();
  await page.getByLabel("Choose all").check();
  await page.getByLabel("Choose volume two").uncheck();
  await expect(page.getByLabel("Choose all")).not.toBeChecked();
  await expect(page.getByRole("button", { name: "Remove 2 selected" })).toBeEnabled();
  await page.getByLabel("Choose all").check();
  await page.getByRole("button", { name: "Remove 3 selected" }).click();
  await expect(page.getByRole("dialog", { name: "Remove 3 things for good?" })).toContainText("volume two");
  await confirm(page, "Remove");
  await expect(page.getByRole("heading", { name: "No orphans" })).toBeVisible();
  expect(stranded()).toEqual([]);

  await page.goto("/dashboard");
  await expect(simulated(page)).toBeVisible();
  await page.goto(environment);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.locator("h1").getByRole("status")).toHaveText("deleted", { timeout: 30_000 });
  expect(servers()).toEqual([]);
});

test("a key is added with what it lacks, and rotated where it is used: a wrong one is refused in the cloud's words", async ({
  page,
}) => {
  const port = Number(process.env.CLOUDHERO_E2E_EC2_PORT);
  const real = await startEc2Emulator({ port, denied: new Set(["ec2:RunInstances"]) });
  await signUp(page);
  await page.goto("/dashboard/providers/new");
  await page.getByText("Amazon EC2").click();
  await page.getByLabel("Name", { exact: true }).fill("production");
  await page.getByLabel("Access key ID").fill(EMULATED_KEY.accessKey);
  await page.getByLabel("Secret access key").fill(EMULATED_KEY.secretKey);
  await page.getByText("What must this key be allowed?").click();
  await page.getByText("More settings").click();
  await expect(page.getByText(/^cloudhero-[0-9a-f]{32}$/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Check and add" }).click();
  await expect(page.getByRole("heading", { name: /production/ })).toContainText("1 permission missing");
  await expect(page.getByRole("listitem").filter({ hasText: "ec2:RunInstances" })).toBeVisible();

  await expect(page.getByText("What to allow them, ready to paste")).toBeVisible();
  await page.getByRole("link", { name: "Credentials" }).click();
  await page.getByLabel("Secret access key").fill("a wrong one");
  await page.getByRole("button", { name: "Check and change" }).click();
  await expect(page.getByText(/AWS: .*(SignatureDoesNotMatch|AuthFailure)/)).toBeVisible();
  real.behaviour.denied.clear();
  await page.getByLabel("Secret access key").fill(EMULATED_KEY.secretKey);
  await page.getByRole("button", { name: "Check and change" }).click();
  await expect(page.getByText("Changed.", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: /production/ })).toContainText("Working");
  await expect(page.getByText("simulated")).toHaveCount(0);
  await real.close();
});

test("a token of DigitalOcean is added by the form: a wrong one is refused in the cloud's words", async ({ page }) => {
  const real = await startDigitalOceanEmulator({ port: Number(process.env.CLOUDHERO_E2E_DIGITALOCEAN_PORT) });
  await signUp(page);
  await page.goto("/dashboard/providers/new");
  await page.getByText("DigitalOcean", { exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("droplets");
  await page.getByRole("button", { name: "Check and add" }).click();
  await expect(page.getByLabel("Access token")).toHaveAccessibleDescription(/^Is required/);
  await page.getByLabel("Access token").fill("dop_v1_wrong");
  await page.getByRole("button", { name: "Check and add" }).click();
  await expect(page.getByText(/DigitalOcean: /)).toBeVisible();
  expect(await send(page, "GET", "/providers")).toEqual({});
  await page.getByLabel("Access token").fill(EMULATED_TOKEN);
  await page.getByRole("button", { name: "Check and add" }).click();
  await expect(page.getByRole("heading", { name: /droplets/ })).toContainText("Working");
  await expect(page.getByText("simulated")).toHaveCount(0);
  await expect(page.getByText(EMULATED_TOKEN)).toHaveCount(0);
  await real.close();
});

/** Fills in an environment of one server with a network of its own, and reads its plan. */
async function plan(page: Page): Promise<void> {
  await page.goto("/dashboard/environments/new");
  await page.getByLabel("New application’s name").fill("shop");
  await page.getByLabel("Environment", { exact: true }).fill("staging");
  await expect(page.getByLabel("Provider")).toContainText("practice-ec2 · Practice cloud (simulated)");
  await page.getByLabel("Region").selectOption("eu-west-1");
  await page.getByLabel("Network").selectOption("own");
  await page.getByLabel("Disk in GiB").fill("40");
  await expect(page.getByRole("combobox", { name: "Size" })).not.toHaveValue("");
  await expect(page.getByText("40 GiB gp3, encrypted")).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText("VPC of its own")).toBeVisible();
  await expect(page.getByText(/\$\d\.\d+ an hour · \$\d+\.\d\d a month/)).toBeVisible();
  await expect(page.getByText(/of 1152 vCPUs in use/)).toBeVisible();
  await page.getByText("The same by curl or YAML").click();
  await expect(page.getByRole("region", { name: "request" })).toContainText('"network": "own"');
  await expectAccessible(page);
}

const servers = () =>
  regionsOf(clouds.amazon).flatMap((region) =>
    [...region.instances.values()].filter(({ state }) => state === "running").map(({ id }) => id),
  );

const strandedId = "vol-0f00";
const stranded = () =>
  regionsOf(clouds.amazon).flatMap(({ volumes }) => [...volumes.keys()].filter((id) => id.startsWith(strandedId)));

/** Leaves a volume of an environment that was never there, under the marks of one that is. */
function strand(name: string): void {
  const region = regionsOf(clouds.amazon).find(({ instances }) => instances.size > 0)!;
  const [volume] = region.volumes.values();
  const tags = new Map([...volume!.tags, ["cloudhero:environment", "f".repeat(24)], ["Name", name]]);
  const id = `${strandedId}${Buffer.from(name).toString("hex")}`;
  region.volumes.set(id, { ...volume!, id, instanceId: null, tags });
}
