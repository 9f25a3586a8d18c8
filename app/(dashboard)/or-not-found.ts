import { notFound } from "next/navigation";
import { AppError } from "#lib/errors.ts";

/** For `.catch` on a page's read: what is not there, or another's, is the page that says so. */
export function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound();
  throw error;
}
