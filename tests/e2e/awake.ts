import { type Page, test as plain } from "@playwright/test";

const patienceMs = 5_000;

/**
 * Opens addresses as a person does who acts on a page when it obeys: what is clicked before React has taken it over is
 * lost, and a test clicks within milliseconds. A page whose scripts do not come is used as it is.
 */
export function awake(page: Page): Page {
  const patient =
    <A extends unknown[], R>(open: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const answer = await open.apply(page, args);
      await takenOver(page);
      return answer;
    };
  page.goto = patient(page.goto);
  page.reload = patient(page.reload);
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
