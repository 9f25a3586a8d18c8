import { sql } from "drizzle-orm";
import type { Visitor } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";

/** Throws "unavailable" while the database does not answer, or no worker has shown a sign of life for a minute. */
export async function checkReadiness({ db }: Visitor): Promise<void> {
  const [row] = await db
    .execute<{ alive: boolean }>(
      sql`select coalesce(max(seen_at) > now() - interval '60 seconds', false) as alive from workers`,
    )
    .catch((cause) => {
      throw new AppError("unavailable", "The database does not answer.", { cause });
    });
  if (!row?.alive) throw new AppError("unavailable", "No worker is running: wishes are kept, and nothing moves.");
}
