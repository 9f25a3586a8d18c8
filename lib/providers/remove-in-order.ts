import { inParallel } from "./parallel.ts";
import { ProviderError, type Remnant, type RemovedRemnant } from "./provider.ts";

const AT_ONCE = 4;

/** What stands on something is removed before it. */
const ORDER: Remnant["kind"][] = ["server", "volume", "firewall", "key", "gateway", "subnet", "network"];

/**
 * Removes remnants kind by kind, with `remove` for each. One that the cloud still holds on to ("conflict") is answered
 * with the reason, and so is any other that cannot be removed; refused credentials are thrown.
 */
export async function removeInOrder(
  remnants: Remnant[],
  remove: (remnant: Remnant) => Promise<unknown>,
): Promise<RemovedRemnant[]> {
  const removed: RemovedRemnant[] = [];
  for (const kind of ORDER) {
    const alike = remnants.filter((one) => one.kind === kind);
    removed.push(...(await inParallel(alike, AT_ONCE, (one) => tried(one, remove))));
  }
  return removed;
}

async function tried(remnant: Remnant, remove: (remnant: Remnant) => Promise<unknown>): Promise<RemovedRemnant> {
  try {
    await remove(remnant);
    return { id: remnant.id, reason: null };
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code === "unauthorized") throw error;
    const held = error.code === "conflict" ? "It is still in use; remove it again in a minute. " : "";
    return { id: remnant.id, reason: `${held}${error.message}` };
  }
}
