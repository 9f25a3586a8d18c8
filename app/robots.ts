import type { MetadataRoute } from "next";
import { ownOrigin } from "./(dashboard)/origin.ts";

/** The dashboard needs no line: it leads whoever is not logged in to the log-in page. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  const rules = { userAgent: "*", allow: "/", disallow: "/api/" };
  return { rules, sitemap: `${await ownOrigin()}/sitemap.xml` };
}
