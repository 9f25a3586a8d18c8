import { createHash } from "node:crypto";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { idempotency } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { AppError, conflict, invalid } from "#lib/errors.ts";
import { idempotencyPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
import { json } from "./http.ts";

/**
 * Answers a POST that repeats an Idempotency-Key as it was answered the first time, for a day, to who asked with the
 * same authority. Throws "conflict" while the first is under way, "invalid" where the key came with another request. A failure is not kept.
 */
export async function once(
  ctx: Context,
  request: Request,
  text: string,
  respond: () => Promise<Response>,
): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  if (key === null) return respond();
  if (key.length < 1 || key.length > 255) throw invalid("Idempotency-Key has 1 to 255 characters.");
  const mine = and(eq(idempotency.organisationId, ctx.organisation.id), eq(idempotency.key, key));
  await ctx.db.delete(idempotency).where(and(mine, lt(idempotency.createdAt, sql`now() - interval '1 day'`)));
  const fingerprint = createHash("sha256")
    .update(
      `${ctx.user.id} ${ctx.role} ${ctx.scopes ?? "all"} ${request.method} ${new URL(request.url).pathname}\n${text}`,
    )
    .digest("hex");
  const row = { organisationId: ctx.organisation.id, key, fingerprint };
  const inserted = await ctx.db
    .insert(idempotency)
    .values(row)
    .onConflictDoNothing()
    .returning({ key: idempotency.key });
  if (inserted.length === 0) return earlierAnswer(ctx, key, mine, fingerprint);
  try {
    const response = await respond();
    const body = vault().seal(await response.clone().text(), idempotencyPlace(ctx.organisation.id, key));
    await ctx.db.update(idempotency).set({ status: response.status, body }).where(mine);
    return response;
  } catch (error) {
    await ctx.db.delete(idempotency).where(and(mine, isNull(idempotency.status)));
    throw error;
  }
}

async function earlierAnswer(
  ctx: Context,
  key: string,
  mine: ReturnType<typeof and>,
  fingerprint: string,
): Promise<Response> {
  const [earlier] = await ctx.db.select().from(idempotency).where(mine);
  if (!earlier) throw conflict("The request with this Idempotency-Key has just failed: send it again.");
  if (earlier.fingerprint !== fingerprint) throw invalid("This Idempotency-Key was sent with another request.");
  if (earlier.status === null)
    throw new AppError("conflict", "The first request with this Idempotency-Key is still under way.");
  const body = vault().open(earlier.body ?? "", idempotencyPlace(ctx.organisation.id, key));
  return json(earlier.status, JSON.parse(body), { "idempotent-replay": "true" });
}
