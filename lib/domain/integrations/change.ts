import { integrations } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, invalid, notFound } from "#lib/errors.ts";
import { changesBetween } from "#lib/model/changes.ts";
import { registryOf } from "#lib/model/image-reference.ts";
import { registryPasswordPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
import { takenName } from "../taken-name.ts";
import type { RegistryWish } from "./create.ts";
import { integrationRow, isMine } from "./get.ts";
import { verifyRegistry } from "./verify.ts";
import { type IntegrationRow, type IntegrationView, viewIntegration } from "./view.ts";

/** Changes a registry; a masked password keeps the old one. Tried as a new one is. */
export async function updateRegistry(ctx: Context, id: string, wish: RegistryWish): Promise<IntegrationView> {
  requireRole(ctx, "admin");
  const before = await integrationRow(ctx, id);
  const kept = wish.password === viewIntegration(before).password;
  // To whom it was not given it is not sent.
  if (kept && registryOf(wish.url).host !== registryOf(before.url).host)
    throw invalid("password: is needed anew for another registry", "password");
  const place = registryPasswordPlace(id);
  const password = kept ? before.password : vault().seal(wish.password, place);
  const verdict = await verifyRegistry({ ...wish, password: vault().open(password, place) });
  return ctx.db.transaction(async (tx) => {
    const values = { ...wish, password, ...verdict };
    const [row] = await tx
      .update(integrations)
      .set(values)
      .where(isMine(ctx, id))
      .returning()
      .catch(takenName(() => conflict(`There is a registry named ${wish.name} already.`, "name")));
    if (!row) throw notFound("The integration");
    await recordAudit(tx, ctx, "integration.update", id, {
      name: wish.name,
      changes: changesBetween(shown(before), shown(row)),
      ...(kept ? {} : { rotated: ["password"] }),
    });
    return viewIntegration(row);
  });
}

/** What of a registry is no secret. */
const shown = ({ name, url, username, email }: IntegrationRow) => ({ name, url, username, email: email ?? "" });

/** Forgets a registry. */
export function deleteIntegration(ctx: Context, id: string): Promise<void> {
  requireRole(ctx, "admin");
  return ctx.db.transaction(async (tx) => {
    const [gone] = await tx.delete(integrations).where(isMine(ctx, id)).returning();
    if (!gone) throw notFound("The integration");
    await recordAudit(tx, ctx, "integration.delete", id, { name: gone.name });
  });
}
