import { expect, type Page } from "@playwright/test";

/** What the page's own origin answers to its session. */
// biome-ignore lint/suspicious/noExplicitAny: what came over the wire.
export const ask = (page: Page, method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> =>
  page.evaluate(
    async ([verb, target, json]) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(target!, { method: verb!, ...(json ? { body: json, headers } : {}) });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    },
    [method, path, body === undefined ? "" : JSON.stringify(body)],
  );

/** The body of an answer that must be good. */
// biome-ignore lint/suspicious/noExplicitAny: what came over the wire.
export async function send(page: Page, method: string, path: string, body?: unknown): Promise<any> {
  const answer = await ask(page, method, path, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
}
