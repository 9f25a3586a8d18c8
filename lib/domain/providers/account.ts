import type { Queryable } from "#lib/context.ts";
import { conflict } from "#lib/errors.ts";
import { providerTypes } from "#lib/providers/registry.ts";
import { usersOf } from "./usage.ts";
import { fieldToBlame, type Verified } from "./verify.ts";
import type { ProviderRow } from "./view.ts";

/**
 * Throws "conflict" for settings of another account than the one that a provider's environments live in: their servers
 * would count as gone, and run on. `held` is the provider's row, locked. An account that is not known yet is any.
 */
export async function requireSameAccount(tx: Queryable, held: ProviderRow, verified: Verified): Promise<void> {
  if (!held.account || held.account === verified.account) return;
  const users = await usersOf(tx, held.id);
  if (users.length === 0) return;
  const { account: word } = providerTypes[held.type];
  throw conflict(
    `This is another ${word} (${verified.account}) than the one that environments of ${held.name} live in (${held.account}): ${users.join(", ")}. Delete these environments first, or add the other ${word} as a provider of its own.`,
    fieldToBlame(held.type, verified.settings),
  );
}
