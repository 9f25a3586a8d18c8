import type { MetadataRoute } from "next";
import { guides } from "#lib/api/reference/guides.ts";
import { ownOrigin } from "./(dashboard)/origin.ts";

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const origin = await ownOrigin();
  const paths = ["/", "/docs", ...guides.map(({ slug }) => `/docs/${slug}`), "/docs/errors", "/docs/console"];
  return paths.map((path) => ({ url: `${origin}${path}` }));
}
