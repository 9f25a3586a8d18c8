import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { see } from "../ask.ts";

const askMs = 10_000;

type Told = {
  Descriptor: { digest: string };
  Platforms?: { architecture?: string; os?: string }[] | null;
};
export type Pinned = { image: string; platforms: { Architecture: string; OS: string }[] | undefined; warning?: string };

/**
 * An image by the digest that its registry has now, so that all nodes run the same one, as Docker's own client pins it;
 * without one, by its name, which each node then looks up for itself.
 */
export async function pinned(ctx: Context, environmentId: string, reference: string): Promise<Pinned> {
  const image = familiar(reference);
  if (image.includes("@")) return { image, platforms: undefined };
  try {
    const path = `/distribution/${image.split("/").map(encodeURIComponent).join("/")}/json`;
    const { value } = await see<Told>(ctx, environmentId, path, { timeoutMs: askMs });
    const platforms = value.Platforms?.map(({ architecture = "", os = "" }) => ({
      Architecture: architecture,
      OS: os,
    }));
    return { image: `${image}@${value.Descriptor.digest}`, platforms };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const warning = `${image} was not found in its registry: each node looks for it by itself, and may run another version.`;
    return { image, platforms: undefined, warning };
  }
}

/** As Docker writes it: without the default registry, and with a tag. */
export function familiar(reference: string): string {
  const bare = reference.replace(/^(?:docker\.io|index\.docker\.io)\//, "").replace(/^library\/(?=[^/]+$)/, "");
  const last = bare.slice(bare.lastIndexOf("/") + 1);
  return last.includes(":") || bare.includes("@") ? bare : `${bare}:latest`;
}
