import { type Page, test as plain } from "@playwright/test";

const patienceMs = 5_000;

/**
 * Opens addresses as a person does who acts on a page when it obeys: what is clicked before React has taken it over is
 * lost, and a test clicks within milliseconds. A page whose scripts do not come is used as it is.
 */
export function awake(page: Page): Page {
  const { goto, reload } = page;
  page.goto = async (...args) => {
    const answer = await goto.apply(page, args);
    await takenOver(page);
    return answer;
  };
  page.reload = async (...args) => {
    const answer = await reload.apply(page, args);
    await takenOver(page);
    return answer;
  };
  return page;
}

/** Every test's page is so. */
export const test = plain.extend({ page: async ({ page }, use) => use(awake(page)) });

/** Until React knows everything that can be pressed: it leaves its marks on what it knows. */
const takenOver = (page: Page) =>
  page
    .waitForFunction(
      () =>
        [...document.querySelectorAll("button, input, select, a")].every((one) =>
          Object.keys(one).some((key) => key.startsWith("__react")),
        ),
      undefined,
      { timeout: patienceMs },
    )
    .catch(() => {});
