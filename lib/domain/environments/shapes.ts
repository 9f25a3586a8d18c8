import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { type Need, shapeOf } from "#lib/model/sizing.ts";
import { providerRow } from "../providers/get.ts";
import { metadataOf } from "../providers/metadata.ts";
import { environmentRows } from "./get.ts";
import type { NodeRow } from "./view.ts";

type Shaped = Pick<NodeRow, "name" | "size" | "packages" | "expose"> & { need: Need | null };

/**
 * An environment's wished servers with how big each is, by its provider's list of sizes; `need` is null for a size that
 * is no longer on it, or where the cloud does not answer.
 */
export async function environmentShapes(ctx: Context, id: string): Promise<Shaped[]> {
  const { environment, nodes } = await environmentRows(ctx, id);
  const metadata = await metadataOf(ctx, await providerRow(ctx, environment.providerId)).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "cloud_refused") return null;
    throw error;
  });
  const sizes = Object.values(metadata?.sizes ?? {}).flatMap((family) => Object.values(family));
  const shapes = new Map(sizes.map((size) => [size.id, shapeOf(size)]));
  return nodes
    .filter(({ removal }) => removal !== "prune")
    .map(({ name, size, packages, expose }) => ({ name, size, packages, expose, need: shapes.get(size) ?? null }));
}
