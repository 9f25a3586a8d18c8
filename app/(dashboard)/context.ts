import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { visitorOf } from "#lib/api/visitor.ts";
import { contextOfSession } from "#lib/auth/authenticate.ts";
import { sessionIdOf } from "#lib/auth/cookies.ts";
import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";

/** Who looks at a page, from the browser's cookie; null without a living session. One read per request. */
export const visitorContext = cache(async (): Promise<Context | null> => {
  const sent = new Headers(await headers());
  const sessionId = await sessionIdOf(sent);
  if (!sessionId) return null;
  try {
    return await contextOfSession(visitorOf(sent), sessionId);
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") return null;
    throw error;
  }
});

/** The context of a page at `path`, to which a visitor without a session comes back after logging in. */
export async function pageContext(path = "/dashboard"): Promise<Context> {
  return (await visitorContext()) ?? redirect(`/login?next=${encodeURIComponent(path)}`);
}
