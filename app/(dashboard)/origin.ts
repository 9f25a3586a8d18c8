import { headers } from "next/headers";
import { config } from "#lib/config.ts";

/** Where the reader's browser found us: for lines to copy, never for anything that is trusted. */
export async function ownOrigin(): Promise<string> {
  const { publicUrl } = config();
  if (publicUrl) return publicUrl;
  const sent = await headers();
  const host = sent.get("x-forwarded-host") ?? sent.get("host") ?? "localhost:8080";
  return `${sent.get("x-forwarded-proto") === "https" ? "https" : "http"}://${host}`;
}
