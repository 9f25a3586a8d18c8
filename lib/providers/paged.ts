import { ProviderError } from "./provider.ts";

const MAX_PAGES = 1_000;

/** Every item of a paged listing, in order. A thousand pages are taken for a listing that never ends. */
export async function paged<T>(
  load: (token: string | undefined) => Promise<{ items: T[]; next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { items, next } = await load(token);
    all.push(...items);
    if (!next) return all;
    token = next;
  }
  throw new ProviderError("internal", `The cloud's listing did not end within ${MAX_PAGES} pages.`);
}
