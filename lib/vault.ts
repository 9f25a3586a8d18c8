import { AppError } from "./errors.ts";
import { openVault, type Vault } from "./secrets.ts";

let opened: { secret: string; vault: Vault } | undefined;

/** This process's vault, under CLOUDHERO_SECRET. */
export function vault(): Vault {
  const secret = process.env.CLOUDHERO_SECRET;
  if (!secret) throw new AppError("internal", "CLOUDHERO_SECRET is not set.");
  if (opened?.secret !== secret) opened = { secret, vault: openVault(secret) };
  return opened.vault;
}
