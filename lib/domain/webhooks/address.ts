import { dialAddress } from "#lib/dial.ts";
import { AppError, invalid } from "#lib/errors.ts";

/** Throws "invalid" for an address that could never be dialled: one that is not allowed, or a name that does not exist. */
export async function checkAddress(url: string): Promise<void> {
  try {
    await dialAddress(new URL(url).hostname, "tenant");
  } catch (error) {
    // A resolver that is away says nothing of the address.
    if (error instanceof AppError && error.code === "unavailable") return;
    throw error instanceof AppError ? invalid(`url: ${error.message}`, "url") : error;
  }
}

/** An address without what may be a password in it, for the audit log. */
export const bareAddress = (url: string): string => `${new URL(url).origin}/…`;
