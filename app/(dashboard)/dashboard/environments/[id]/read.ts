import { notFound } from "next/navigation";
import { cache } from "react";
import { pageContext } from "#app/(dashboard)/context.ts";
import { getEnvironment } from "#lib/domain/environments/get.ts";
import { AppError } from "#lib/errors.ts";

/** The environment of a page under its address and who looks at it, read once per request; `tab`: the page's last part. */
export async function readEnvironment(id: string, tab = "") {
  const ctx = await pageContext(`/dashboard/environments/${id}${tab && `/${tab}`}`);
  return { ctx, environment: await read(id) };
}

const read = cache(async (id: string) => {
  const ctx = await pageContext(`/dashboard/environments/${id}`);
  return getEnvironment(ctx, id).catch((error) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
});
