import { eq } from "drizzle-orm";
import { nodes } from "#drizzle/schema/index.ts";
import { BootstrapError } from "#lib/bootstrap/error.ts";
import { replaceHostKey, untilShown } from "#lib/bootstrap/host-key.ts";
import { connect } from "#lib/bootstrap/ssh/connect.ts";
import { SshError } from "#lib/bootstrap/ssh/error.ts";
import { keyBlob } from "#lib/bootstrap/ssh/keys.ts";
import type { Database } from "#lib/db/client.ts";
import { messageOf } from "#lib/errors.ts";
import { environmentKeyPlace } from "#lib/model/places.ts";
import type { Endpoint } from "#lib/providers/provider.ts";
import { vault } from "#lib/vault.ts";
import type { Loaded } from "./load.ts";
import type { NodeRow } from "./types.ts";

export type Target = Omit<Parameters<typeof connect>[0], "signal">;

const loginTimeoutMs = 15_000;

/** How a node's server is logged in to, with the host keys that it may show. */
export function targetOf({ environment, provider }: Loaded, node: NodeRow, { host, port }: Endpoint): Target {
  const privateKey = vault().open(environment.privateKey!, environmentKeyPlace(environment.id));
  const acceptHostKeys = [node.hostKey ?? node.firstHostPublicKey, node.nextHostKey].filter((key) => key !== null);
  // A tenant's own engine is reached where that tenant said; its servers are too.
  const origin = provider.settings.origin === "tenant" ? "tenant" : "ours";
  return { host, port, origin, username: "cloudhero", privateKey, acceptHostKeys, timeoutMs: loginTimeoutMs };
}

/** Has the server make a host key of its own at first contact; from then on the target takes that one alone. */
export async function takeHostKey(db: Database, node: NodeRow, target: Target, signal: AbortSignal): Promise<Target> {
  if (node.hostKey) return target;
  try {
    const next = await replaceFirst(db, node, target, signal);
    await untilShown({ ...target, acceptHostKeys: [next], signal });
    const owned = { hostKey: next, nextHostKey: null, firstHostKey: null, firstHostPublicKey: null };
    await db.update(nodes).set(owned).where(eq(nodes.id, node.id));
    return { ...target, acceptHostKeys: [next] };
  } catch (error) {
    signal.throwIfAborted();
    const retryable = error instanceof SshError && error.retryable;
    throw new BootstrapError(`connecting: ${messageOf(error)}`, { step: "connecting", retryable, cause: error });
  }
}

/**
 * Answers the key that new connections are to be shown. One that is shown already came into its place before a crash
 * of ours: another made after it would take its place in the row too, and with that the way in.
 */
async function replaceFirst(db: Database, node: NodeRow, target: Target, signal: AbortSignal): Promise<string> {
  const connection = await connect({ ...target, signal });
  try {
    const replacement = replaceHostKey(connection, signal);
    const next = shownNext(node, connection.hostKey) ?? (await replacement.prepare());
    if (next !== node.nextHostKey) await db.update(nodes).set({ nextHostKey: next }).where(eq(nodes.id, node.id));
    await replacement.activate(next);
    return next;
  } finally {
    connection.close();
  }
}

const shownNext = ({ nextHostKey }: NodeRow, shown: string): string | null =>
  nextHostKey && keyBlob(nextHostKey) === keyBlob(shown) ? nextHostKey : null;
