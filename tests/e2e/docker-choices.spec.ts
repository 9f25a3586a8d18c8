import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { dockerAvailable } from "../support/docker.ts";
import { signUp } from "./account.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { inNode, withCluster } from "./cluster-pages.ts";
import { confirm, dialog } from "./dialog.ts";

const minuteMs = 60_000;
const registry = "127.0.0.1:5000";

const service = (tag: string) => `{ image: "busybox:${tag}", command: sleep 3600, deploy: { endpoint_mode: dnsrr } }`;
const twoServices = `services:\n  web: ${service("$TAG")}\n  extra: ${service("latest")}\n`;
const oneService = `services:\n  web: ${service("latest")}\n`;

test.describe("a Docker cluster's forms and dialogs, by a real browser", () => {
  test.skip(!dockerAvailable, "no Docker engine answers");
  test.setTimeout(8 * minuteMs);

  test("a file is uploaded, its variables are filled in, and what it has no more goes; lists act; choices are obeyed", async ({
    page,
  }) => {
    await signUp(page);
    await withCluster(page, async (own, server) => {
      await deployTwice(page, own);
      await actInList(page, own, server);
      await closeNetwork(page, own, server);
      await pull(page, own, server);
      await connect(page, own);
      await readLog(page, own, server);
    });
  });
});

const upload = (page: Page, text: string) =>
  page
    .getByLabel("Compose file to upload")
    .setInputFiles({ name: "compose.yml", mimeType: "text/yaml", buffer: Buffer.from(text) });
const plan = (page: Page) => page.getByRole("region", { name: "Plan" });
const done = (page: Page) => page.getByRole("region", { name: "What was done" });
const step = (page: Page, name: string) => plan(page).getByRole("listitem").filter({ hasText: name });

async function deployTwice(page: Page, own: string): Promise<void> {
  await page.goto(`${own}/deploy`);
  await page.getByLabel("Stack", { exact: true }).fill("duo");
  await upload(page, twoServices);
  await page.getByRole("button", { name: "Show the plan" }).click();
  await page.getByLabel("TAG").fill("latest");
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(step(page, "duo_web")).toContainText("create");
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(done(page)).toContainText("created", { timeout: minuteMs });
  await page.getByRole("button", { name: "Plan again" }).click();
  await expect(plan(page)).toContainText("Nothing to do");
  await page.goto(`${own}/stacks/duo`);
  await expect(page.getByRole("row", { name: /duo_extra/ })).toBeVisible();
  await page.getByRole("link", { name: "Deploy a new version" }).click();
  await expect(page.getByLabel("Stack", { exact: true })).toHaveValue("duo");
  await upload(page, oneService);
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(step(page, "duo_extra")).toContainText("left");
  await page.getByLabel(/Remove the stack’s services/).check();
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(step(page, "duo_extra")).toContainText("its tasks end");
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(done(page)).toContainText("removed", { timeout: minuteMs });
  await page.getByRole("link", { name: "See the stack" }).click();
  await expect(page.getByRole("row", { name: /duo_web/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /duo_extra/ })).toHaveCount(0);
}

async function actInList(page: Page, own: string, server: string): Promise<void> {
  const run = ["run", "-d", "--init", "--name", "spare", "-v", "/files", "busybox", "sleep", "3600"];
  inNode(server, run);
  const stateOf = () => inNode(server, ["inspect", "-f", "{{.State.Status}} {{.State.StartedAt}}", "spare"]).toString();
  const [volume] = inNode(server, ["volume", "ls", "-qf", "dangling=false"])
    .toString()
    .match(/^[0-9a-f]{64}$/m)!;
  await page.goto(`${own}/containers`);
  await page.getByLabel("Search containers").fill("spare");
  await page.getByLabel("State").selectOption("running");
  await page.getByRole("search").getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/q=spare&state=running/);
  const rows = page.getByRole("table", { name: "Containers" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  const before = stateOf();
  await page.getByRole("button", { name: "Restart spare" }).click();
  await confirm(page, "Restart");
  await expect.poll(() => stateOf() !== before && /^running/.test(stateOf()), { timeout: 20_000 }).toBe(true);
  await page.goto(`${own}/containers?q=spare`);
  await page.getByRole("button", { name: "Stop spare" }).click();
  await confirm(page, "Stop");
  await page.getByRole("button", { name: "Start spare", exact: true }).click({ timeout: 20_000 });
  await expect(page.getByRole("button", { name: "Stop spare" })).toBeVisible({ timeout: 20_000 });
  inNode(server, ["pause", "spare"]);
  await page.reload();
  await page.getByRole("button", { name: "Resume spare" }).click();
  await expect(page.getByRole("button", { name: "Stop spare" })).toBeVisible({ timeout: 20_000 });
  expect(stateOf()).toMatch(/^running/);
  await page.getByRole("button", { name: "Remove spare" }).click();
  await dialog(page)
    .getByLabel(/Remove its unnamed volumes too/)
    .check();
  await confirm(page, "Remove");
  await expect(rows).toHaveCount(0, { timeout: 20_000 });
  expect(inNode(server, ["volume", "ls", "-q"]).toString()).not.toContain(volume);
}

async function closeNetwork(page: Page, own: string, server: string): Promise<void> {
  await page.goto(`${own}/networks`);
  await page.getByLabel("New network").fill("cellar");
  await page.getByLabel("Without a way out to the world").check();
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("row", { name: /cellar/ })).toBeVisible({ timeout: 20_000 });
  expect(inNode(server, ["network", "inspect", "-f", "{{.Internal}}", "cellar"]).toString().trim()).toBe("true");
}

/** From a registry inside the node: an engine trusts loopback without TLS. */
async function pull(page: Page, own: string, server: string): Promise<void> {
  execFileSync("docker", ["cp", "/usr/bin/docker-registry", `${server}:/usr/local/bin/registry`]);
  const settings = `{version: 0.1, storage: {filesystem: {rootdirectory: /tmp/registry}}, http: {addr: "${registry}"}}`;
  execFileSync("docker", ["exec", "-i", server, "tee", "/tmp/registry.yml"], { input: settings });
  execFileSync("docker", ["exec", "-d", server, "registry", "serve", "/tmp/registry.yml"]);
  const image = `${registry}/tools:1`;
  inNode(server, ["tag", "busybox", image]);
  await expect.poll(() => pushed(server, image), { timeout: 20_000 }).toBe(true);
  inNode(server, ["rmi", image]);
  await page.goto(`${own}/images`);
  await expect(page.getByText(image)).toHaveCount(0);
  await page.getByLabel("Pull an image onto every node").fill(image);
  await page.getByRole("button", { name: "Pull" }).click();
  await expect(page.getByRole("row", { name: image })).toBeVisible({ timeout: minuteMs });
}

function pushed(server: string, image: string): boolean {
  try {
    inNode(server, ["push", image]);
    return true;
  } catch {
    return false;
  }
}

/** What is downloaded lets a Docker client in. */
async function connect(page: Page, own: string): Promise<void> {
  await page.goto(own);
  for (const name of ["Download the bundle", "web"]) {
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).last().click();
    const file = await (await waiting).path();
    expect(readFileSync(file).toString("latin1")).toContain("meta.json");
  }
  expect(await send(page, "GET", "/audit?action=certificate.create")).toHaveLength(2);
}

async function readLog(page: Page, own: string, server: string): Promise<void> {
  const said = "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.5; done";
  inNode(server, ["run", "-d", "--init", "--name", "talker", "busybox", "sh", "-c", said]);
  await page.goto(`${own}/containers?q=talker`);
  await page.getByRole("link", { name: "Logs of talker" }).click();
  const log = page.getByRole("log");
  await expect(log).toContainText("line 1");
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText(/Paused; \d+ new lines? waits?/)).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("Following")).toBeVisible();
  await page.getByLabel("Since").selectOption("Last hour");
  await expect(log).toContainText("line 1");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  expect(readFileSync(await (await waiting).path(), "utf8")).toContain("line 2");
  inNode(server, ["rm", "-f", "talker"]);
  await page.getByRole("button", { name: "Read again" }).click({ timeout: 20_000 });
  await expect(page.getByText(/No such container|cannot be read/)).toBeVisible();
}
