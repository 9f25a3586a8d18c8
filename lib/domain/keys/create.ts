import { createHash } from "node:crypto";
import ssh2 from "ssh2";
import { sshKeys } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, invalid } from "#lib/errors.ts";

/** Adds a public key to the organisation; throws "invalid" for what is none, "conflict" for one that is there. */
export function createKey(ctx: Context, wish: { name: string; publicKey: string }) {
  requireRole(ctx, "operator");
  const { line, fingerprint } = readPublicKey(wish.publicKey);
  return ctx.db.transaction(async (tx) => {
    const owner = { organisationId: ctx.organisation.id, userId: ctx.user.id };
    const row = { ...owner, name: wish.name, publicKey: line, fingerprint };
    const [made] = await tx.insert(sshKeys).values(row).onConflictDoNothing().returning();
    if (!made) throw conflict("This key is there already.", "public_key");
    await recordAudit(tx, ctx, "key.create", made.id, { name: wish.name, fingerprint });
    return made;
  });
}

function readPublicKey(text: string): { line: string; fingerprint: string } {
  if (text.includes("PRIVATE KEY"))
    throw invalid("This is a private key: keep it secret, and send the .pub file.", "public_key");
  const parsed = /[\r\n]/.test(text) ? new Error("one line is expected") : ssh2.utils.parseKey(text);
  if (parsed instanceof Error) throw invalid(`This is not an OpenSSH public key: ${parsed.message}.`, "public_key");
  const blob = parsed.getPublicSSH();
  const comment = parsed.comment ? ` ${parsed.comment}` : "";
  const fingerprint = `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
  return { line: `${parsed.type} ${blob.toString("base64")}${comment}`, fingerprint };
}
