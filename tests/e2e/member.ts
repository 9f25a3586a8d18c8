import { type Browser, expect, type Page } from "@playwright/test";
import { logIn, newEmail, password } from "./account.ts";
import { ask } from "./ask.ts";
import { awake } from "./awake.ts";

/** Somebody else, in a browser of their own. */
export const visitor = async (browser: Browser): Promise<Page> => awake(await (await browser.newContext()).newPage());

/** A member of the page's organisation, logged in, in a browser of their own. */
export async function memberPage(owner: Page, browser: Browser, role: string): Promise<Page> {
  const email = newEmail();
  const { body } = await ask(owner, "POST", "/invitations", { email, role });
  const token = /[^/=?]+$/.exec(body.link)![0];
  const page = await visitor(browser);
  await page.goto("/login");
  const accepted = await ask(page, "POST", "/invitations/accept", { token, name: role, password });
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
  await logIn(page, email);
  await expect(page.getByRole("heading", { name: "Environments" })).toBeVisible({ timeout: 20_000 });
  return page;
}
