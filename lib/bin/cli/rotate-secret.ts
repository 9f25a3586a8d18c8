import type { Config } from "#lib/config.ts";
import { reseal } from "#lib/domain/operator/reseal.ts";
import { AppError, invalid } from "#lib/errors.ts";
import { openVault } from "#lib/secrets.ts";
import { sealingKeyId } from "../database.ts";
import { requireNoServer } from "../presence.ts";
import { adoptNextSecret, keepNextSecret, keptSecret, newSecret } from "../secret.ts";
import type { Words } from "./arguments.ts";
import { requirePresentSchema } from "./schema.ts";
import { withoutServer } from "./store.ts";

/**
 * Seals everything with a new secret, in one transaction; answers what to tell. A secret in the data folder is replaced
 * there, the new one being kept before the commit: killed at any moment, the store opens with one of the two.
 * Throws AppError.
 */
export function rotateSecret(config: Config, _words: Words, signal: AbortSignal): Promise<string[]> {
  const given = givenSecret(config);
  return withoutServer(config, false, async ({ db, sql }) => {
    await requirePresentSchema(sql);
    const present = await presentSecret(config, await sealingKeyId(db));
    const next = given ?? newSecret();
    if (next === present) throw invalid("CLOUDHERO_NEW_SECRET is the present secret: nothing was changed.");
    const count = await sql.begin(async (tx) => {
      await requireNoServer(tx);
      const resealed = await reseal(tx, openVault(present), openVault(next), signal);
      if (!config.secret) keepNextSecret(config.dataDir, next);
      return resealed;
    });
    if (!config.secret) adoptNextSecret(config.dataDir);
    return [
      `${count} ${count === 1 ? "value is" : "values are"} sealed with the new secret (key ${openVault(next).keyId}).`,
      config.secret
        ? "Set CLOUDHERO_SECRET to the new one before the next start; the earlier one opens nothing any more."
        : `It is kept in ${config.dataDir}; earlier backups keep the secret they were made with.`,
      "Web sessions have ended: people log in again. Tokens go on.",
    ];
  });
}

/** Where the operator keeps the secret, the operator makes the new one. */
function givenSecret(config: Config): string | null {
  const given = process.env.CLOUDHERO_NEW_SECRET;
  if (given && given.length < 32) throw invalid("CLOUDHERO_NEW_SECRET: must have at least 32 characters.");
  if (!given && config.secret)
    throw invalid("Set CLOUDHERO_NEW_SECRET to at least 32 random characters: CLOUDHERO_SECRET is kept by you.");
  return given || null;
}

async function presentSecret(config: Config, keyId: string | null): Promise<string> {
  if (keyId === null) throw new AppError("not_found", "There is no CloudHero in this database: npm start makes one.");
  const secret = config.secret ?? keptSecret(config.dataDir, keyId);
  if (openVault(secret).keyId === keyId) return secret;
  throw new AppError("conflict", "CLOUDHERO_SECRET is not the one that sealed this database: set the earlier one.");
}
