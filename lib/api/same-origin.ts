import { AppError } from "#lib/errors.ts";

/** Throws "forbidden" for a request that changes something and was sent by another site's page with our cookie. */
export function refuseForgery(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers.get("sec-fetch-site");
  if (site === "same-origin") return;
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  if (!site && origin && host && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new AppError("forbidden", "A browser's session works from CloudHero's own pages alone.");
}
